import { lazy, Suspense, useMemo } from 'react';
import { useParams } from 'react-router';
import type { FlowDetail } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { Faces, Loading } from '@/ui/faces';
import { definitionOf } from './definition';
import { useFlow, useFlowCatalogue } from './flows';
import { operandsOf } from './operands';
import { VocabularyProvider } from './vocabulary';

const Designer = lazy(() => import('./Designer'));

function Loaded({ flow }: { flow: FlowDetail }) {
  const catalogue = useFlowCatalogue(flow.record_type);
  const mayChange = useAllowed('approvals.manage');
  const first = useMemo(
    () => definitionOf(flow.draft ?? flow.current ?? { key: flow.key, name: flow.name, record_type: flow.record_type || undefined }),
    // The designer keeps what is written from here on; a saved draft must not begin it anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [flow.key],
  );
  return (
    <Faces query={catalogue} rows={10}>
      {(words) => (
        <VocabularyProvider value={{ operands: operandsOf(words.facts), roles: words.roles, policies: words.policies, recordTypes: words.record_types }}>
          <Suspense fallback={<Loading rows={10} />}>
            <Designer key={flow.key} flow={flow} first={first} mayChange={mayChange} />
          </Suspense>
        </VocabularyProvider>
      )}
    </Faces>
  );
}

/** One approval flow on the designer's table. */
export default function FlowPage() {
  const { key = '' } = useParams();
  const flow = useFlow(key);
  return (
    <Faces query={flow} rows={12}>
      {(data) => <Loaded key={data.key} flow={data} />}
    </Faces>
  );
}

import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FlowDetail } from '@/api/types';
import { stripped } from '@/features/fields/conditions';
import { useToast } from '@/ui/toast';
import { DesignerBar } from './DesignerBar';
import { FlowCanvas } from './FlowCanvas';
import { NodeSheet } from './NodeSheet';
import { SettingsSheet } from './SettingsSheet';
import { useAutosave } from '@/ui/autosave';
import { sent, type Definition } from './definition';
import type { Designing } from './designing';
import { faultsByNode } from './faults';
import { useCheck, usePublish, useSaveDraft } from './flows';
import { formOperands } from './operands';
import css from './pages.module.css';
import * as tree from './tree';
import { useDesigner } from './useDesigner';
import { useVocabulary, VocabularyProvider } from './vocabulary';

const PreviewSheet = lazy(() => import('./PreviewSheet'));
const VersionsSheet = lazy(() => import('./VersionsSheet'));

type Panel = 'settings' | 'preview' | 'versions';
const noMarks: Designing['marks'] = new Map();

/** The designer's table: the tree, its tools, and the sheets that come with them. */
export default function Designer({ flow, first, mayChange }: { flow: FlowDetail; first: Definition; mayChange: boolean }) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const vocabulary = useVocabulary();
  const designer = useDesigner(first);
  const { definition } = designer;
  const [panel, setPanel] = useState<Panel | null>(null);
  const save = useSaveDraft(flow.key);
  const publish = usePublish(flow.key);
  const written = useMemo(() => sent(definition, stripped), [definition]);
  const draft = useAutosave(definition, (now) => save.mutateAsync(sent(now, stripped)));
  const check = useCheck(flow.key, written, mayChange);
  const problems = useMemo(() => faultsByNode(check.data?.problems ?? []), [check.data]);
  const warnings = useMemo(() => faultsByNode(check.data?.warnings ?? []), [check.data]);
  const words = useMemo(() => ({ ...vocabulary, operands: [...vocabulary.operands, ...formOperands(definition)] }), [vocabulary, definition]);
  const designing: Designing = {
    definition,
    act: mayChange ? designer.act : null,
    opened: designer.opened,
    picked: designer.picked,
    problems,
    warnings,
    marks: noMarks,
    isChecked: check.isSuccess && !check.isPlaceholderData,
  };
  const send = async () => {
    try {
      await draft.flush();
      const kept = await publish.mutateAsync();
      say('ok', t('flow.published', { number: kept.version ?? 1 }));
    } catch (error) {
      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
    }
  };
  const close = () => {
    setPanel(null);
  };
  return (
    <VocabularyProvider value={words}>
      <div className={css.designer}>
        <DesignerBar
          flow={flow}
          definition={definition}
          saving={draft.state}
          faults={check.data?.problems ?? []}
          warnings={check.data?.warnings ?? []}
          undo={mayChange ? designer.undo : null}
          redo={mayChange ? designer.redo : null}
          mayChange={mayChange}
          busy={publish.isPending}
          onPublish={() => void send()}
          onOpen={setPanel}
          onFault={(node) => {
            if (tree.nodeOf(definition.nodes, node)) designer.act.open(node);
            else setPanel('settings');
          }}
        />
        <FlowCanvas
          designing={designing}
          onMove={(key, slot) => {
            designer.setNodes(tree.move(definition.nodes, key, slot));
          }}
        />
      </div>
      {designer.opened && (
        <NodeSheet
          key={designer.opened}
          target={designer.opened}
          definition={definition}
          faults={problems.get(designer.opened) ?? []}
          warnings={warnings.get(designer.opened) ?? []}
          onChange={designer.setNodes}
          onRemove={designer.act.remove}
          onClose={designer.close}
        />
      )}
      {panel === 'settings' && <SettingsSheet definition={definition} onChange={designer.set} onClose={close} />}
      <Suspense fallback={null}>
        {panel === 'preview' && <PreviewSheet flowKey={flow.key} definition={definition} written={written} onClose={close} />}
        {panel === 'versions' && <VersionsSheet flow={flow} draft={definition} onClose={close} onTake={mayChange ? designer.set : null} />}
      </Suspense>
    </VocabularyProvider>
  );
}

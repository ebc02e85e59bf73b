import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useAllowed } from '@/features/identity/session';
import { useNurtureCatalogue, usePath } from '@/features/nurture/paths';
import { Faces, Loading } from '@/ui/faces';

const PathEditor = lazy(() => import('./PathEditor'));
const PathView = lazy(() => import('./PathView'));

function Editable({ pathKey }: { pathKey: string }) {
  const path = usePath(pathKey);
  const catalogue = useNurtureCatalogue();
  return (
    <Faces query={path} rows={12}>
      {(data) => (
        <Faces query={catalogue} rows={12}>
          {(words) => <PathEditor key={`${data.key}-${data.version ?? 0}`} path={data} catalogue={words} />}
        </Faces>
      )}
    </Faces>
  );
}

/** One path: for those who keep it with its editor, for others as it runs. */
export default function PathPage() {
  const { key = '' } = useParams();
  const editable = useAllowed('nurture.manage');
  return <Suspense fallback={<Loading rows={12} />}>{editable ? <Editable key={key} pathKey={key} /> : <PathView key={key} pathKey={key} />}</Suspense>;
}

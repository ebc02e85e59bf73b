import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useNurtureCatalogue } from '@/features/nurture/paths';
import { useTemplate } from '@/features/nurture/templates';
import { Faces, Loading } from '@/ui/faces';

const TemplateEditor = lazy(() => import('./TemplateEditor'));

/** One text that paths send, as it is written. */
export default function TemplatePage() {
  const { key = '' } = useParams();
  const template = useTemplate(key);
  const catalogue = useNurtureCatalogue();
  return (
    <Faces query={template} rows={12}>
      {(data) => (
        <Faces query={catalogue} rows={12}>
          {(words) => (
            <Suspense fallback={<Loading rows={12} />}>
              <TemplateEditor key={`${data.key}-${data.version ?? 0}`} template={data} catalogue={words} />
            </Suspense>
          )}
        </Faces>
      )}
    </Faces>
  );
}

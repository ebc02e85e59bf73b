import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import ListPage from '@/features/desk/ListPage';
import { useMeta } from '@/features/records/meta';
import { Face, Faces } from '@/ui/faces';
import { withWords } from '@/ui/i18n';

const ExportButton = lazy(() => withWords('transfer', import('@/features/transfer/ExportButton').then((module) => ({ default: module.ExportButton }))));

/** The list of a record type, with what the layers above the desk add to it. */
export default function ListRoute() {
  const { t } = useTranslation();
  const { type: key } = useParams();
  const meta = useMeta();
  return (
    <Faces query={meta} rows={10}>
      {({ record_types: types }) => {
        const type = types.find((one) => one.key === key);
        if (!type) return <Face mark="?" title={t('notFound')} hint={t('notFoundHint')} />;
        return (
          <ListPage
            key={type.key}
            type={type}
            extra={(list) =>
              type.can['export'] !== 'none' && (
                <Suspense fallback={null}>
                  <ExportButton type={type} list={list} />
                </Suspense>
              )
            }
          />
        );
      }}
    </Faces>
  );
}

import { useTranslation } from 'react-i18next';
import { Failure } from '@/ui/faces';
import { DocumentLines } from './DocumentLines';
import css from './documents.module.css';
import { useDocuments } from './queries';

/** The briefs and reports that were written about a record; nothing where there is none. */
export default function RecordDocuments({ id }: { id: number }) {
  const { t } = useTranslation('documents');
  const documents = useDocuments({ record_id: id });
  if (documents.error) return <Failure error={documents.error} retry={() => void documents.refetch()} />;
  const rows = documents.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={css.ofRecord} aria-labelledby="record-documents">
      <h2 id="record-documents">{t('title')}</h2>
      <DocumentLines documents={rows} />
      {documents.hasNextPage && (
        <button type="button" className="plain" onClick={() => void documents.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { Empty, Failure, Loading } from '@/ui/faces';
import { CaseLines } from './CaseLines';
import { useCases } from './queries';
import css from './support.module.css';

/** Cases of a box or about a record, with all their faces. */
export function CaseList({ query }: { query: Parameters<typeof useCases>[0] }) {
  const { t } = useTranslation('support');
  const cases = useCases(query);
  if (!cases.data) return cases.error ? <Failure error={cases.error} retry={() => void cases.refetch()} /> : <Loading rows={5} />;
  const rows = cases.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={t('none')} hint={t('noneHint')} />;
  return (
    <>
      <CaseLines cases={rows} />
      {cases.hasNextPage && (
        <div className={css.more}>
          <button type="button" className={css.button} disabled={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
            {t('loadMore', { ns: 'ui' })}
          </button>
        </div>
      )}
    </>
  );
}

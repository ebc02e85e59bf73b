import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Empty, Failure, Loading } from '@/ui/faces';
import { Sheet } from '@/ui/Sheet';
import css from './ApprovalsPage.module.css';
import { CaseCard } from './CaseCard';
import { useReportCases, type Drill } from './report';

/** The cases behind one figure of the report. */
export default function ReportCases({ title, drill, onClose }: { title: string; drill: Drill; onClose: () => void }) {
  const { t } = useTranslation('approvals');
  const list = useReportCases(drill);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Sheet size={620} title={title} onClose={onClose}>
      {!list.data ? (
        list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={6} />
      ) : items.length === 0 ? (
        <Empty title={t('report.empty')} />
      ) : (
        <ul className={css.list}>
          {items.map((item) => (
            <li key={item.id} className={css.item}>
              <CaseCard item={item} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
    </Sheet>
  );
}

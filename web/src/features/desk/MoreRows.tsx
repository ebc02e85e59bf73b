import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { useRecordList } from '@/features/records/queries';
import { count } from '@/ui/format';
import css from './TableView.module.css';

/** How much is shown of how many, and the way to the next page. */
export function MoreRows({ list, shown }: { list: ReturnType<typeof useRecordList>; shown: number }) {
  const { t } = useTranslation('desk');
  const page = list.data?.pages[0];
  if (!page || shown === 0) return null;
  return (
    <div className={css.more}>
      <span>{t('shown', { shown, total: count(page.count, page.count_capped) })}</span>
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
    </div>
  );
}

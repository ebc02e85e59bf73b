import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './touches.module.css';
import { type useTouchDeals } from './touches';

type List = ReturnType<typeof useTouchDeals>;

/** The closed deals behind a number, each with its contacts and the way to it. */
export function ClosedDeals({ title, list, onClose }: { title: string; list: List; onClose: () => void }) {
  const { t } = useTranslation('touches');
  const deals = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Sheet size={560} title={title} onClose={onClose}>
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isLoading ? (
        <Loading rows={6} />
      ) : deals.length === 0 ? (
        <Empty />
      ) : (
        <ul className={css.deals}>
          {deals.map((deal) => (
            <li key={deal.id}>
              <Link to={recordPath('deal', deal.id)}>{deal.title}</Link>
              <small className="muted">
                {[
                  `${t(deal.is_won ? 'won' : 'lost')} ${dateTime(deal.closed_at)}`,
                  deal.owner?.name,
                  deal.unit,
                  deal.last_at ? t('last', { count: deal.contacts, kind: deal.last_kind, at: dateTime(deal.last_at) }) : t('none'),
                ].filter(Boolean).join(' · ')}
              </small>
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

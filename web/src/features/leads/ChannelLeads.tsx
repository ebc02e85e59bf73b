import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { ago, number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './Channels.module.css';
import { useChannelLeads, type Drill } from './channels';

/** The leads behind one figure. */
export default function ChannelLeads({ title, drill, onClose }: { title: string; drill: Drill; onClose: () => void }) {
  const { t } = useTranslation('leads');
  const list = useChannelLeads(drill);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = list.data?.pages[0]?.count ?? 0;
  return (
    <Sheet size={560} title={list.data ? `${title} · ${number(count)}` : title} onClose={onClose}>
      {!list.data ? (
        list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={6} />
      ) : items.length === 0 ? (
        <Empty title={t('board.empty')} />
      ) : (
        <ul className={css.leads}>
          {items.map((item) => (
            <li key={item.id}>
              <Link to={recordPath('lead', item.id)}>{item.title}</Link>
              <span>{item.values['company'] as string | null}</span>
              <small className="muted">
                {item.owner?.name ?? t('board.nobody')} · {ago(item.created_at)}
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

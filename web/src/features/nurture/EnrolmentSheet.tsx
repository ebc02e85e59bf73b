import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { useEnrolments, type EnrolmentFilter } from './enrolments';
import css from './Nurture.module.css';

/** The leads behind one figure, each with where it stands on its path. */
export function EnrolmentSheet({ title, filter, onClose }: { title: string; filter: EnrolmentFilter; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const list = useEnrolments(filter);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = list.data?.pages[0]?.count ?? 0;
  return (
    <Sheet size={640} title={list.data ? `${title} · ${number(count)}` : title} onClose={onClose}>
      {!list.data && (list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={6} />)}
      {list.data && items.length === 0 && <Empty title={t('lists.nobody')} />}
      <ul className={css.rows}>
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`${recordPath(item.record.type, item.record.id)}?tab=nurture`}>{item.record.title}</Link>
            <span className="muted">{item.owner?.name ?? t('lists.unowned')}</span>
            <span className="grow">{item.state === 'running' ? item.position?.text : item.reason ? item.reason.name : t(`state.${item.state}`)}</span>
            <small className="muted">{item.next_at ? t('lists.next', { at: dateTime(item.next_at) }) : dateTime(item.ended_at ?? item.started_at)}</small>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
    </Sheet>
  );
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import css from './DealPace.module.css';
import { useCycleDeals, useStageUpdateDeals, type UpdateFigure } from './dealPace';

type Line = { id: number; title: string; facts: string };
type Listed = { isLoading: boolean; error: unknown; refetch: () => unknown; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

function Lines({ title, lines, list, onClose }: { title: string; lines: Line[]; list: Listed; onClose: () => void }) {
  const { t } = useTranslation('supervision');
  return (
    <Sheet size={560} title={title} onClose={onClose}>
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isLoading ? (
        <Loading rows={6} />
      ) : lines.length === 0 ? (
        <Empty title={t('pace.empty')} />
      ) : (
        <ul className={css.deals}>
          {lines.map((line) => (
            <li key={line.id}>
              <Link to={recordPath('deal', line.id)}>{line.title}</Link>
              <small className="muted">{line.facts}</small>
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

/** The open deals behind a figure of updates. */
export function UpdateDeals({ title, figure, onClose }: { title: string; figure: UpdateFigure; onClose: () => void }) {
  const { t } = useTranslation('supervision');
  const name = useName();
  const list = useStageUpdateDeals(figure);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const lines = items.map((one) => ({
    id: one.id,
    title: one.title,
    facts: [
      one.owner?.name ?? t('pace.nobody'),
      t('pace.since', { stage: name(one.stage_name) || one.stage, date: dayOf(one.stage_entered_at) }),
      one.due_at ? t(one.part === 'late' ? 'pace.wasDue' : 'pace.isDue', { date: dayOf(one.due_at) }) : t('pace.waits'),
    ].join(' · '),
  }));
  return <Lines title={title} lines={lines} list={list} onClose={onClose} />;
}

/** The won deals behind a figure of the cycle. */
export function CycleDeals({ title, of, onClose }: { title: string; of: { unit_id?: number; under?: number }; onClose: () => void }) {
  const { t } = useTranslation('supervision');
  const list = useCycleDeals(of);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const lines = items.map((one) => ({
    id: one.id,
    title: one.title,
    facts: [one.owner?.name ?? t('pace.nobody'), t('pace.took', { days: one.days.toFixed(1), from: dayOf(one.created_at), to: dayOf(one.won_at) })].join(' · '),
  }));
  return <Lines title={title} lines={lines} list={list} onClose={onClose} />;
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import css from './stepback.module.css';
import { useStepBackMoves, type Behind, type Period } from './stepBacks';

type Props = { title: string; period: Period; behind: Behind; onClose: () => void };

/** The moves behind a number, each with its deal, who made it and what was said. */
export function Moves({ title, period, behind, onClose }: Props) {
  const { t } = useTranslation('stepbacks');
  const list = useStepBackMoves(period, behind);
  const moves = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Sheet size={560} title={title} onClose={onClose}>
      {list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isLoading ? (
        <Loading rows={6} />
      ) : moves.length === 0 ? (
        <Empty />
      ) : (
        <ul className={css.moves}>
          {moves.map((move) => (
            <li key={move.id}>
              <Link to={recordPath(move.record.type, move.record.id)}>{move.record.title}</Link>
              <span className={css.way} data-back={move.is_back}>
                {t(move.is_back ? 'wentBack' : 'went', { from: move.from_stage, to: move.to_stage })}
              </span>
              <small className="muted">{[dateTime(move.at), move.person?.name, move.unit, move.reason].filter(Boolean).join(' · ')}</small>
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

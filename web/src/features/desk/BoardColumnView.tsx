import { PlusOutlined } from '@ant-design/icons';
import { useDroppable } from '@dnd-kit/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardColumn, TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { recordPage, type ListQuery } from '@/features/records/queries';
import { count, money, shortMoney } from '@/ui/format';
import { useName } from '@/ui/names';
import { DraggableCard } from './BoardCard';
import css from './Board.module.css';

type Props = { type: TypeMeta; column: BoardColumn; query: ListQuery; pendingId: number | null; onOpen: (id: number) => void };

/** One stage: its count and sum, its cards, and more of them on demand. */
export function BoardColumnView({ type, column, query, pendingId, onOpen }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const stage = stageOf(type, column.stage);
  const { setNodeRef, isOver } = useDroppable({ id: column.stage });
  const [wanted, setWanted] = useState(false);
  const more = useInfiniteQuery({
    queryKey: ['records', type.key, 'column', column.stage, column.next_cursor, query],
    enabled: wanted && column.next_cursor !== null,
    initialPageParam: column.next_cursor ?? '',
    queryFn: ({ pageParam }) => recordPage(type.key, { ...query, stage: column.stage, sort: undefined, limit: 20 }, pageParam),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
  const shown = new Set(column.items.map((item) => item.id));
  const later = (more.data?.pages.flatMap((page) => page.items) ?? []).filter((item) => !shown.has(item.id) && item.id !== pendingId);
  const hasMore = more.data ? more.hasNextPage : column.next_cursor !== null;
  const label = stage ? name(stage.name) : column.stage;
  const first = type.stages[0]?.key === column.stage && type.can.create !== 'none';
  return (
    <section ref={setNodeRef} className={css.column} data-over={isOver || undefined} aria-label={label} data-stage={column.stage}>
      <header className={css.head}>
        <span className={css.dot} data-kind={stage?.kind} />
        <h2 className="clip">{label}</h2>
        <span className={css.count}>{count(column.count, column.count_capped)}</span>
        {column.amount !== null && (
          <span className={css.sum} title={money(column.amount)}>
            {shortMoney(column.amount)}
          </span>
        )}
        {first && (
          <Link className={css.add} to={`/r/${type.key}/new`} aria-label={t('newRecord', { type: name(type.name) })}>
            <PlusOutlined />
          </Link>
        )}
      </header>
      <ul className={css.cards} tabIndex={-1}>
        {[...column.items, ...later].map((record) => (
          <li key={record.id}>
            <DraggableCard type={type} record={record} pending={record.id === pendingId} onOpen={onOpen} />
          </li>
        ))}
        {column.count === 0 && <li className={css.none}>{t('board.empty')}</li>}
        {hasMore && (
          <li>
            <button
              type="button"
              className={css.more}
              disabled={more.isFetching}
              onClick={() => {
                if (wanted) void more.fetchNextPage();
                else setWanted(true);
              }}
            >
              {t('loadMore', { ns: 'ui' })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent, type KeyboardCoordinateGetter } from '@dnd-kit/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MissingItem, RecordItem, TypeMeta } from '@/api/types';
import { problemOf } from '@/api/problem';
import { isConversion } from '@/features/leads/convert';
import { useMoveAny } from '@/features/process/moves';
import { useAddress } from '@/features/records/address';
import { stageOf } from '@/features/records/meta';
import { useBoard, type ListQuery } from '@/features/records/queries';
import { Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { BoardCard } from './BoardCard';
import { BoardColumnView } from './BoardColumnView';
import css from './Board.module.css';
import { opensSheet, stageConflict, withPending, type PendingMove } from './boardMoves';
import { titleText } from './columns';
import type { ListState } from './listState';

const MoveSheet = lazy(() => import('@/features/process/MoveSheet'));
const ConvertLead = lazy(() => import('@/features/leads/ConvertLead'));
const RecordDrawer = lazy(() => import('./RecordDrawer'));

/** Left and right go to the next column, as the eye expects. */
const byColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
  if (!step) return undefined;
  event.preventDefault();
  const columns = [...context.droppableRects.entries()].sort(([, a], [, b]) => a.left - b.left);
  const now = columns.findIndex(([id]) => id === (context.over?.id ?? context.active?.data.current?.['stage']));
  const next = columns[now + step];
  return next ? { x: next[1].left + 12, y: Math.max(next[1].top + 48, Math.min(currentCoordinates.y, next[1].bottom - 80)) } : undefined;
};

type Props = { type: TypeMeta; state: ListState; query: ListQuery };
type Lock = { id: number; to: string; missing: MissingItem[] };

/** Records by stage; a card that meets a lock opens the missing list and returns when that is given up. */
export default function BoardView({ type, state, query }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const address = useAddress();
  const board = useBoard(type.key, { ...query, limit: 20 });
  const [dragged, setDragged] = useState<RecordItem | null>(null);
  const [pending, setPending] = useState<PendingMove | null>(null);
  const [lock, setLock] = useState<Lock | null>(null);
  const move = useMoveAny(type.key);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byColumn }),
  );
  const nameOf = (stage: unknown) => name(stageOf(type, String(stage))?.name);

  const settle = () => {
    void board.refetch().finally(() => {
      setPending(null);
    });
  };
  const send = (wanted: PendingMove) => {
    move.mutate(
      { id: wanted.record.id, version: wanted.record.version, to_stage: wanted.to, via: 'drag', values: {}, ticks: [] },
      {
        onSuccess: () => {
          say('ok', t('board.moved', { title: wanted.record.title, stage: nameOf(wanted.to) }));
          settle();
        },
        onError: (error) => {
          const problem = problemOf(error);
          if (problem && opensSheet(problem, type, wanted.to)) {
            setLock({ id: wanted.record.id, to: wanted.to, missing: problem.missing });
            return;
          }
          const stages = stageConflict(problem);
          if (stages) say('bad', t('board.conflict', { title: titleText(wanted.record), yours: nameOf(stages.yours), theirs: nameOf(stages.theirs) }));
          else say('bad', problem?.message ?? t('failed', { ns: 'ui' }));
          settle();
        },
      },
    );
  };
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const record = active.data.current?.['record'] as RecordItem | undefined;
    const to = over ? String(over.id) : '';
    if (!record?.stage || !to || record.stage === to) return;
    const wanted = { record, from: record.stage, to };
    setPending(wanted);
    send(wanted);
  };

  const giveUp = () => {
    setLock(null);
    settle();
  };

  if (!board.data) return board.error ? <Failure error={board.error} retry={() => void board.refetch()} /> : <Loading rows={12} />;
  const columns = withPending(board.data.columns, pending);
  const open = (id: number | null) => {
    address.set({ open: id === null ? null : String(id), tab: null, focus: null });
  };
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => {
        setDragged((active.data.current?.['record'] as RecordItem | undefined) ?? null);
      }}
      onDragCancel={() => {
        setDragged(null);
      }}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: { draggable: t('board.instructions') },
        announcements: {
          onDragStart: () => t('board.picked'),
          onDragOver: ({ over }) => (over ? t('board.over', { stage: nameOf(over.id) }) : ''),
          onDragEnd: ({ over }) => (over ? t('board.dropped', { stage: nameOf(over.id) }) : t('board.cancelled')),
          onDragCancel: () => t('board.cancelled'),
        },
      }}
    >
      <div className={css.board} data-busy={board.isPlaceholderData || undefined}>
        {columns.map((column) => (
          <BoardColumnView key={column.stage} type={type} column={column} query={query} pendingId={pending?.record.id ?? null} onOpen={open} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>{dragged && <BoardCard type={type} record={dragged} lifted />}</DragOverlay>
      <Suspense fallback={null}>
        {lock && isConversion(type, lock.to) && <ConvertLead id={lock.id} locked={lock.missing} onClose={giveUp} />}
        {lock && !isConversion(type, lock.to) && (
          <MoveSheet
            type={type}
            id={lock.id}
            toStage={lock.to}
            via="drag"
            locked={lock.missing}
            onClose={giveUp}
            onGo={(where) => {
              setLock(null);
              setPending(null);
              address.set({ open: String(lock.id), focus: where });
            }}
          />
        )}
        {state.open !== null && (
          <RecordDrawer type={type} id={state.open} ids={columns.flatMap((column) => column.items.map((item) => item.id))} onOpen={open} />
        )}
      </Suspense>
    </DndContext>
  );
}

import { HolderOutlined } from '@ant-design/icons';
import { useDraggable } from '@dnd-kit/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { RecordItem, TypeMeta } from '@/api/types';
import { fieldText } from '@/features/fields/display';
import { Unowned } from '@/features/pool/Unowned';
import { amountField, fieldOf, stageOf } from '@/features/records/meta';
import { isScored, ScoreBadge } from '@/features/scoring/ScoreBadge';
import { RecordClockBadge } from '@/features/sla/RecordClockBadge';
import { Avatar } from '@/ui/Avatar';
import { AgeChip } from './AgeChip';
import css from './Board.module.css';
import { OpeningMark } from './OpeningMark';
import { ageOf } from './age';
import { titleText } from './columns';

type CardProps = { type: TypeMeta; record: RecordItem; lifted?: boolean; pending?: boolean; title?: ReactNode; handle?: ReactNode };

/** A record in few lines: name, worth, the fields its type chose, owner and age. */
export function BoardCard({ type, record, lifted, pending, title, handle }: CardProps) {
  const { t, i18n } = useTranslation('fields');
  const words = { yes: t('yes'), no: t('no') };
  const text = (key: string) => {
    const field = fieldOf(type, key);
    return field ? fieldText(field, record, i18n.language, words) : '';
  };
  const amount = amountField(type);
  const skipped = [type.title_field, amount?.key, 'stage', 'owner', ...(isScored(type) ? ['score', 'grade'] : [])];
  const lines = type.card_fields.filter((key) => !skipped.includes(key)).map((key) => ({ key, text: text(key) }));
  const stage = stageOf(type, record.stage);
  return (
    <article className={css.card} data-age={ageOf(record, stage)} data-lifted={lifted || undefined} data-pending={pending || undefined}>
      <div className={css.title}>
        <span className="grow">{title ?? titleText(record)}</span>
        {handle}
      </div>
      {lines
        .filter((line) => line.text)
        .slice(0, 2)
        .map((line) => (
          <div key={line.key} className={css.fact}>
            {line.text}
          </div>
        ))}
      {isScored(type) && <ScoreBadge type={type} record={record} language={i18n.language} />}
      {record.clock && <RecordClockBadge clock={record.clock} record={{ ...record, title: titleText(record) }} />}
      <div className={css.foot}>
        {amount && <strong className="num">{text(amount.key)}</strong>}
        <OpeningMark record={record} />
        <span className="grow" />
        <AgeChip record={record} stage={stage} />
        {!record.owner && <Unowned type={type.key} />}
        {record.owner && (
          <span title={record.owner.name}>
            <Avatar name={record.owner.name} size={22} />
            <span className="sr-only">{record.owner.name}</span>
          </span>
        )}
      </div>
    </article>
  );
}

/** A card that can be dragged by pointer anywhere, and by keyboard at its handle. */
export function DraggableCard({ type, record, pending, onOpen }: CardProps & { onOpen: (id: number) => void }) {
  const { t } = useTranslation('desk');
  const { search } = useLocation();
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: record.id,
    data: { record, stage: record.stage },
    disabled: !record.can.move,
    attributes: { roleDescription: t('board.draggable') },
  });
  const to = new URLSearchParams(search);
  to.set('open', String(record.id));
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      className={css.slot}
      data-dragging={isDragging || undefined}
      role="presentation"
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a,button')) onOpen(record.id);
      }}
    >
      <BoardCard
        type={type}
        record={record}
        pending={pending}
        title={
          <Link to={`?${to.toString()}`} draggable={false}>
            {titleText(record)}
          </Link>
        }
        handle={
          record.can.move && (
            <button
              type="button"
              ref={setActivatorNodeRef}
              {...attributes}
              className={css.handle}
              aria-label={t('board.handle', { title: titleText(record) })}
            >
              <HolderOutlined />
            </button>
          )
        }
      />
    </div>
  );
}

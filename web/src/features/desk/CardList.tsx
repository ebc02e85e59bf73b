import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordItem, TypeMeta } from '@/api/types';
import { StageTag } from '@/features/process/StageTag';
import { recordPath } from '@/features/records/address';
import { fieldOf, stageOf } from '@/features/records/meta';
import { useRecordList, type ListQuery } from '@/features/records/queries';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Failure, Loading } from '@/ui/faces';
import { count } from '@/ui/format';
import { EmptyList } from './EmptyList';
import { MoreRows } from './MoreRows';
import { OpeningMark } from './OpeningMark';
import css from './TableView.module.css';
import { shownColumns, titleText, useColumns } from './columns';
import type { ListState } from './listState';

/** Records as cards under each other, for a phone. */
export default function CardList({ type, state, query }: { type: TypeMeta; state: ListState; query: ListQuery }) {
  const { t } = useTranslation('desk');
  const list = useRecordList(type.key, { ...query, limit: 30 });
  const columns = shownColumns(useColumns(type), type.card_fields, type).filter(
    (column) => ![type.title_field, 'stage', 'clock'].includes(column.key),
  );
  if (!list.data) return list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={10} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  const first = list.data.pages[0];
  if (rows.length === 0) return <EmptyList type={type} state={state} />;
  return (
    <div className={css.cards}>
      <div className="muted">{t('total', { ns: 'ui', count: first?.count ?? 0, replace: { count: count(first?.count ?? 0, first?.count_capped) } })}</div>
      {rows.map((row) => (
        <Link key={row.id} to={recordPath(type.key, row.id)} className={css.card}>
          <span className={css.head}>
            <span>{titleText(row)}</span>
            {row.stage ? <StageTag stage={stageOf(type, row.stage)} /> : <OpeningMark record={row} />}
          </span>
          {row.clock && <ClockBadge clock={row.clock} />}
          <span className={css.facts}>
            {columns.slice(0, 4).map((column) => (
              <span key={column.key} className={css.pair}>
                <span className="muted">{column.title} </span>
                {plainCell(type, row, column.key) ?? column.draw(row)}
              </span>
            ))}
          </span>
        </Link>
      ))}
      <MoreRows list={list} shown={rows.length} />
    </div>
  );
}

/** Cells that would be links are plain text inside a card, which is a link itself. */
function plainCell(type: TypeMeta, row: RecordItem, key: string): string | null {
  const kind = fieldOf(type, key)?.type ?? '';
  if (!['record', 'phone', 'email', 'url'].includes(kind)) return null;
  const value = row.values[key];
  return row.labels[key] ?? (typeof value === 'string' ? value : null);
}

import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useRecordList, type ListQuery } from '@/features/records/queries';
import { DataTable } from '@/ui/DataTable';
import { Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { BulkBar } from './BulkBar';
import { EmptyList } from './EmptyList';
import { MoreRows } from './MoreRows';
import css from './TableView.module.css';
import { shownColumns, titleText, useColumns } from './columns';
import type { ListState } from './listState';
import { OpeningMark } from './OpeningMark';

const RecordDrawer = lazy(() => import('./RecordDrawer'));

type Props = { type: TypeMeta; state: ListState; query: ListQuery };

/** Records as rows; a click opens the record beside them. */
export default function TableView({ type, state, query }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const address = useAddress();
  const { search } = useLocation();
  const list = useRecordList(type.key, { ...query, limit: 50 });
  const all = useColumns(type);
  const [picked, setPicked] = useState<{ of: string; ids: number[] }>({ of: '', ids: [] });
  const of = JSON.stringify(query);
  const selected = picked.of === of ? picked.ids : [];
  const select = (ids: number[]) => {
    setPicked({ of, ids });
  };
  if (!list.data) return list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={12} />;

  const rows = list.data.pages.flatMap((page) => page.items);
  const first = list.data.pages[0];
  const open = (id: number | null) => {
    address.set({ open: id === null ? null : String(id), tab: null, focus: null });
  };
  const columns = shownColumns(all, state.columns, type).map((column, index) => ({
    ...column,
    fixed: index === 0,
    draw:
      index > 0
        ? column.draw
        : (row: (typeof rows)[number]) => {
            const to = new URLSearchParams(search);
            to.set('open', String(row.id));
            return (
              <span className={css.title}>
                <Link to={`?${to.toString()}`} className="clip">
                  {titleText(row)}
                </Link>
                <OpeningMark record={row} />
              </span>
            );
          },
  }));
  return (
    <div className={css.view} data-busy={list.isPlaceholderData || undefined}>
      {selected.length > 0 && (
        <BulkBar
          type={type}
          state={state}
          ids={selected}
          rows={rows}
          count={first?.count ?? 0}
          onClear={() => {
            select([]);
          }}
        />
      )}
      <div className={css.table}>
        <DataTable
          label={name(type.plural)}
          rows={rows}
          columns={columns}
          rowName={titleText}
          sort={state.sort}
          onSort={(sort) => {
            address.set({ sort: sort || null });
          }}
          selected={selected}
          onSelect={select}
          onOpen={(row) => {
            open(row.id);
          }}
          active={state.open}
          empty={<EmptyList type={type} state={state} />}
          footer={<MoreRows list={list} shown={rows.length} />}
        />
      </div>
      {state.open !== null && (
        <Suspense fallback={null}>
          <RecordDrawer type={type} id={state.open} ids={rows.map((row) => row.id)} onOpen={open} />
        </Suspense>
      )}
      <span className="sr-only" role="status">
        {t('total', { ns: 'ui', count: first?.count ?? 0 })}
      </span>
    </div>
  );
}

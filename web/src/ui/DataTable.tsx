import { Table, type TableProps } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataCards } from './DataCards';
import css from './DataTable.module.css';
import { useIsPhone } from './media';

export type DataColumn<T> = {
  key: string;
  title: ReactNode;
  align?: 'right';
  sortable?: boolean;
  width?: number;
  fixed?: boolean;
  draw: (row: T) => ReactNode;
};
export type DataTableProps<T> = {
  label: string;
  rows: T[];
  columns: DataColumn<T>[];
  rowName: (row: T) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  selected?: number[];
  onSelect?: (ids: number[]) => void;
  onOpen?: (row: T) => void;
  active?: number | null;
  empty?: ReactNode;
  footer?: ReactNode;
  /** On a phone each row is a card, every column a line: nothing hides beyond the edge. */
  stacks?: boolean;
};

/** Rows in columns: one sort at a time, a selection, and a click that opens the row. */
export function DataTable<T extends { id: number }>(props: DataTableProps<T>) {
  const { label, rows, columns, rowName, sort = '', onSort, selected, onSelect, onOpen, active, empty, footer, stacks = false } = props;
  const isPhone = useIsPhone();
  const { t } = useTranslation();
  const sorted = sort.replace(/^-/, '');
  const onChange: TableProps<T>['onChange'] = (_page, _filter, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter;
    onSort?.(one?.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : '');
  };
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What scrolls sideways is reached by the keyboard too.
    frame.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0');
  });
  if (stacks && isPhone) return <DataCards {...props} />;
  return (
    <div ref={frame} className={css.frame}>
      <Table<T>
        aria-label={label}
        size="medium"
        rowKey="id"
        dataSource={rows}
        pagination={false}
        sticky
        scroll={{ x: 'max-content' }}
        onChange={onChange}
        locale={{ emptyText: empty }}
        rowClassName={(row) => (row.id === active ? (css.active ?? '') : '')}
        onRow={(row) => ({
          onClick: (event) => {
            if (!onOpen || (event.target as HTMLElement).closest('a,button,label,input')) return;
            onOpen(row);
          },
          style: onOpen ? { cursor: 'pointer' } : undefined,
        })}
        rowSelection={
          onSelect && {
            selectedRowKeys: selected,
            columnWidth: 44,
            fixed: true,
            onChange: (keys) => {
              onSelect(keys.map(Number));
            },
            getCheckboxProps: (row) => ({ 'aria-label': t('selectRow', { name: rowName(row) }) }),
            getTitleCheckboxProps: () => ({ 'aria-label': t('selectAll') }),
          }
        }
        columns={columns.map((column) => ({
          key: column.key,
          title: column.title,
          align: column.align,
          width: column.width,
          fixed: column.fixed ? 'left' : undefined,
          sorter: column.sortable && Boolean(onSort),
          sortOrder: sorted === column.key ? (sort.startsWith('-') ? 'descend' : 'ascend') : null,
          sortDirections: column.align === 'right' ? ['descend', 'ascend'] : ['ascend', 'descend'],
          showSorterTooltip: false,
          ellipsis: true,
          render: (_value: unknown, row: T) => column.draw(row),
        }))}
      />
      {footer}
    </div>
  );
}

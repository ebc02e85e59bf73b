import { useTranslation } from 'react-i18next';
import type { PoolEntry, PoolRow } from '@/api/types';
import { FieldValue } from '@/features/fields/FieldValue';
import { useType } from '@/features/records/meta';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { ClaimButton } from './ClaimButton';
import { asRecord, fieldsOf } from './entry';

type Row = PoolEntry & { id: number };
type Props = { pool: PoolRow; entries: PoolEntry[]; onOpen: (entry: PoolEntry) => void };

/** What lies in a pool, in columns; each row can be claimed. */
export function PoolTable({ pool, entries, onOpen }: Props) {
  const { t } = useTranslation('pool');
  const name = useName();
  const fields = fieldsOf(pool, useType(pool.record_type));
  const columns: DataColumn<Row>[] = [
    { key: 'title', title: t('title_column'), width: 160, fixed: true, draw: (row) => <strong>{row.title}</strong> },
    { key: 'claim', title: t('claim'), width: 90, draw: (row) => <ClaimButton pool={pool} entry={row} /> },
    { key: 'clock', title: t('clock'), width: 130, draw: (row) => (row.clock ? <ClockBadge clock={row.clock} /> : '–') },
    ...fields.map((field) => ({
      key: field.key,
      title: name(field.name),
      width: 150,
      draw: (row: Row) => <FieldValue field={field} record={asRecord(row)} />,
    })),
    { key: 'entered', title: t('entered'), width: 110, draw: (row) => ago(row.entered_at) },
    { key: 'from', title: t('from'), width: 110, draw: (row) => row.from_owner?.name ?? '–' },
    { key: 'why', title: t('reason'), width: 260, draw: (row) => row.why },
  ];
  const rows = entries.map((entry) => ({ ...entry, id: entry.record_id }));
  return <DataTable label={name(pool.name)} rows={rows} columns={columns} rowName={(row) => row.title} onOpen={onOpen} />;
}

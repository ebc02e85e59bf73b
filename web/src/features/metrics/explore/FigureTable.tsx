import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric, MetricDimension, MetricRow } from '@/api/types';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { useName } from '@/ui/names';
import { isGrain } from '@/features/metrics/periods';
import { counted, inWords, isShare, percent } from '@/features/metrics/told';
import { Changed, Verdict } from '@/features/metrics/Verdict';
import { called } from './drawings';
import css from './explore.module.css';

type Props = { metric: Metric; rows: MetricRow[]; by: MetricDimension | null; andBy: MetricDimension | null; compared: boolean; label: string; title: (row: MetricRow) => string; onOpen: (row: MetricRow) => void };
type Row = { id: number; row: MetricRow };

const numbers: Record<string, (row: MetricRow) => number> = {
  value: (row) => Number(row.figure.value ?? -1),
  numerator: (row) => Number(row.figure.numerator),
  denominator: (row) => Number(row.figure.denominator ?? -1),
  before: (row) => Number(row.before?.value ?? -1),
  change: (row) => Number(row.figure.value ?? 0) - Number(row.before?.value ?? 0),
};

/** Figures in rows with the counts behind them, how sure they are, and what changed. */
export function FigureTable({ metric, rows, by, andBy, compared, label, title, onOpen }: Props) {
  const { t } = useTranslation('explore');
  const name = useName();
  const [sort, setSort] = useState('');
  const first = (row: MetricRow) => (by ? called(by, row.key, name(row.label)) : name(row.label));
  const second = (row: MetricRow) => (andBy ? called(andBy, row.and_key ?? '', name(row.and_label ?? {})) : '');
  const sorted = useMemo(() => {
    const key = sort.replace(/^-/, '');
    const number = numbers[key];
    const words = (row: MetricRow) => (key === 'and_by' ? (isGrain(andBy) ? row.and_key ?? '' : name(row.and_label ?? {})) : isGrain(by) ? row.key : name(row.label));
    const found = rows.map((row, id) => ({ id, row }));
    if (!sort) return found;
    const way = sort.startsWith('-') ? -1 : 1;
    return found.sort((one, other) => way * (number ? number(one.row) - number(other.row) : words(one.row).localeCompare(words(other.row))));
  }, [rows, sort, by, andBy, name]);
  const share = isShare(metric);
  const isMean = metric.format === 'mean';
  // A comparison with time in it has no row beside each row: the total alone is compared.
  const beside = compared && rows.some((row) => row.before !== null);
  const columns: DataColumn<Row>[] = [
    {
      key: 'by',
      title: by ? t(`by.${by}`, { ns: 'metrics' }) : t('metric'),
      sortable: by !== null,
      width: 150,
      fixed: true,
      draw: ({ row }) => (
        <button type="button" className={`plain ${css.open ?? ''}`} aria-label={t('behind', { name: title(row) })} onClick={() => { onOpen(row); }}>
          {first(row)}
        </button>
      ),
    },
    ...(andBy ? [{ key: 'and_by', title: t(`by.${andBy}`, { ns: 'metrics' }), sortable: true, width: 130, draw: ({ row }: Row) => second(row) }] : []),
    { key: 'value', title: metric.unit ? name(metric.unit) : t('value'), align: 'right', sortable: true, width: 90, draw: ({ row }) => <strong className="num">{inWords(metric, row.figure.value)}</strong> },
    { key: 'numerator', title: t(share ? 'numerator' : isMean ? 'sum' : 'count'), align: 'right', sortable: true, width: 84, draw: ({ row }) => <span className="num">{counted(row.figure.numerator)}</span> },
    ...(share || isMean
      ? [
          { key: 'denominator', title: t(share ? 'denominator' : 'count'), align: 'right' as const, sortable: true, width: 84, draw: ({ row }: Row) => <span className="num">{counted(row.figure.denominator)}</span> },
        ]
      : []),
    ...(share
      ? [
          { key: 'sure', title: t('sure'), align: 'right' as const, width: 126, draw: ({ row }: Row) => <span className="num muted">{row.figure.low === null || row.figure.high === null ? '–' : `${percent(row.figure.low)}–${percent(row.figure.high)}`}</span> },
        ]
      : []),
    ...(beside
      ? [
          { key: 'before', title: t('before'), align: 'right' as const, sortable: true, width: 90, draw: ({ row }: Row) => <span className="num">{inWords(metric, row.before?.value)}</span> },
          { key: 'change', title: t('change'), align: 'right' as const, sortable: true, width: 146, draw: ({ row }: Row) => <Changed metric={metric} figure={row.figure} before={row.before} /> },
        ]
      : []),
    ...(metric.threshold ? [{ key: 'level', title: t('level'), width: 92, draw: ({ row }: Row) => <Verdict figure={row.figure} /> }] : []),
  ];
  return <DataTable<Row> label={label} rows={sorted} columns={columns} rowName={({ row }) => title(row)} sort={sort} onSort={setSort} onOpen={({ row }) => { onOpen(row); }} />;
}

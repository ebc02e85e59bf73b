import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric, MetricFigures, MetricRow } from '@/api/types';
import { Empty, Loading } from '@/ui/faces';
import { useIsPhone } from '@/ui/media';
import { useName } from '@/ui/names';
import { BarList } from '@/features/metrics/BarList';
import { useFigures } from '@/features/metrics/figures';
import { MatrixMap } from '@/features/metrics/MatrixMap';
import { daysIn, isGrain, type Span } from '@/features/metrics/periods';
import { moreIsBetter } from '@/features/metrics/told';
import { calendar, called, funnel, series, type Drawn } from './drawings';
import css from './explore.module.css';
import { FigureTable } from './FigureTable';
import { earlier } from './spans';
import type { View } from './view';

const Plot = lazy(() => import('./Plot'));
const MOST_ROWS = 30;
const MOST_LINES = 10;

type Props = { view: View; metric: Metric; figures: MetricFigures; span: Span; onOpen: (row: MetricRow, words: string) => void };

const size = (row: MetricRow) => Number(row.figure.denominator ?? row.figure.numerator);

/** The keys that are shown first, where there are too many to read: the most urgent bars, else those with the most behind them. */
function firstOf(rows: MetricRow[], key: (row: MetricRow) => string, most: number, metric: Metric | null): Set<string> | null {
  const sizes = new Map<string, number>();
  for (const row of rows) {
    const own = metric ? (moreIsBetter(metric) ? -1 : 1) * Number(row.figure.value ?? 0) : size(row);
    sizes.set(key(row), (sizes.get(key(row)) ?? 0) + own);
  }
  if (sizes.size <= most) return null;
  return new Set([...sizes].sort((one, other) => other[1] - one[1]).slice(0, most).map(([each]) => each));
}

/** A figure broken down as the view says, drawn as it says; what is too much to read is cut until all is asked for. */
export function Shown({ view, metric, figures, span, onOpen }: Props) {
  const { t } = useTranslation('explore');
  const name = useName();
  const phone = useIsPhone();
  const [all, setAll] = useState(false);
  const { by, andBy, chart, compare } = view;
  const overlaid = chart === 'line' && compare !== null;
  const past = compare ? earlier(span, compare) : span;
  const before = useFigures(overlaid ? metric.key : '', { ...past, by: by ?? undefined, and_by: andBy ?? undefined, unit: view.unit ?? undefined, person: view.person ?? undefined, kind: view.kind ?? undefined }, overlaid);
  const { rows, hidden } = useMemo(() => {
    const told = figures.rows.filter((row) => row.figure.value !== null || Number(row.figure.numerator) > 0 || isGrain(by));
    if (all || !by) return { rows: told, hidden: 0 };
    const ofLines = andBy !== null && !isGrain(andBy) && (chart === 'line' || chart === 'bars') ? firstOf(told, (row) => row.and_key ?? '', MOST_LINES, null) : null;
    const ofRows = isGrain(by) ? null : firstOf(told, (row) => row.key, MOST_ROWS, chart === 'bars' && andBy === null ? metric : null);
    const kept = told.filter((row) => (ofLines?.has(row.and_key ?? '') ?? true) && (ofRows?.has(row.key) ?? true));
    return { rows: kept, hidden: told.length - kept.length };
  }, [figures.rows, all, by, andBy, chart, metric]);
  const drawing = useMemo(() => {
    if (!by) return null;
    const drawn: Drawn = { metric, rows, by, andBy, span, name };
    if (chart === 'funnel') return funnel(drawn);
    if (chart === 'calendar') return calendar(drawn, phone);
    if (chart === 'line') return series(drawn, 'line', { now: name(metric.name), before: t(`compares.${compare ?? 'previous'}`) }, overlaid && before.data && !before.isPlaceholderData ? { rows: before.data.rows, span: { since: before.data.since, until: before.data.until } } : null);
    if (chart === 'bars' && (andBy !== null || isGrain(by))) return series(drawn, 'bar', { now: name(metric.name), before: '' });
    return null;
  }, [metric, rows, by, andBy, span, name, chart, phone, compare, overlaid, before.data, before.isPlaceholderData, t]);
  const label = name(metric.name);
  const title = (row: MetricRow) => [by && called(by, row.key, name(row.label)), andBy && called(andBy, row.and_key ?? '', name(row.and_label ?? {}))].filter(Boolean).join(' · ') || label;
  const open = (row: MetricRow) => { onOpen(row, title(row)); };
  const weeks = Math.ceil(daysIn(span) / 7) + 1;
  const height = chart === 'calendar' ? (phone ? 60 + weeks * 26 : Math.min(250, Math.max(190, 40 + 7 * 26))) : chart === 'funnel' ? Math.max(220, rows.length * 46) : 340;
  const shown = { ...figures, rows };
  const single: MetricRow = { key: '', label: metric.name, and_key: null, and_label: null, figure: figures.total, before: figures.before };
  if (by && !rows.some((row) => row.figure.value !== null || Number(row.figure.numerator) > 0)) return <Empty title={t('noRows', { ns: 'metrics' })} hint={t('noRowsHint', { ns: 'metrics' })} />;
  return (
    <>
      {drawing ? (
        <Suspense fallback={<Loading rows={7} />}>
          <div className={css.plot} data-calendar={chart === 'calendar'} style={chart === 'calendar' && !phone ? { maxWidth: 120 + weeks * 34 } : undefined}>
            <Plot label={label} drawing={drawing} height={height} onOpen={(at) => { const row = rows[at]; if (row) open(row); }} />
          </div>
        </Suspense>
      ) : chart === 'matrix' && by && andBy ? (
        <MatrixMap metric={metric} figures={shown} by={by} andBy={andBy} label={label} onOpen={onOpen} />
      ) : chart === 'bars' ? (
        <BarList metric={metric} figures={by ? shown : { ...figures, rows: [single] }} by={by ?? 'kind'} label={label} onOpen={open} />
      ) : (
        <FigureTable metric={metric} rows={by ? rows : [single]} by={by} andBy={andBy} compared={compare !== null} label={label} title={title} onOpen={open} />
      )}
      {hidden > 0 && (
        <button type="button" className={`plain ${css.more ?? ''}`} onClick={() => { setAll(true); }}>
          {t('showAll', { count: hidden })}
        </button>
      )}
    </>
  );
}

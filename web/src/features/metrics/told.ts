import type { Metric, MetricFigure, MetricRow } from '@/api/types';
import { date } from '@/ui/format';
import { currentLanguage } from '@/ui/i18n';
import { buckets, isGrain, plus, type Grain, type Span } from './periods';

const shares: readonly Metric['format'][] = ['share', 'met', 'missed'];

/** Whether the metric says how many of how many. */
export function isShare(metric: Pick<Metric, 'format'>): boolean {
  return shares.includes(metric.format);
}

/** Whether the things behind a metric are told apart by whether they were met. */
export function isJudged(metric: Pick<Metric, 'format'>): boolean {
  return metric.format === 'met' || metric.format === 'missed';
}

/** Whether a larger figure is the better one; null: nobody says so. */
export function moreIsBetter(metric: Pick<Metric, 'threshold' | 'format'>): boolean | null {
  if (metric.threshold) return metric.threshold.good >= metric.threshold.bad;
  if (metric.format === 'missed') return false;
  return metric.format === 'met' ? true : null;
}

export function percent(value: number, digits = 1): string {
  return new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: digits }).format(value);
}

/** A number of a metric as it is read: a share in percent, all else as it is. */
export function inWords(metric: Pick<Metric, 'format'>, value: number | string | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return '–';
  if (isShare(metric)) return percent(Number(value), digits);
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(Number(value));
}

/** A limit of a metric with its unit, where it has one. */
export function limitWords(metric: Pick<Metric, 'format' | 'unit'>, limit: number, name: (name: Record<string, string>) => string): string {
  return metric.unit && !isShare(metric) ? `${inWords(metric, limit)} ${name(metric.unit)}` : inWords(metric, limit);
}

/** A count, which may be a decimal on the wire. */
export function counted(value: string | null): string {
  return value === null ? '–' : new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 2 }).format(Number(value));
}

export type Change = { by: number; text: string; tone: 'good' | 'bad' | 'even' };

/** How a figure differs from the one before: shares in points, all else in numbers; null: nothing to compare. */
export function changeOf(metric: Metric, now: MetricFigure, before: MetricFigure | null): Change | null {
  if (!before || now.value === null || before.value === null) return null;
  const by = Number(now.value) - Number(before.value);
  const size = isShare(metric) ? by * 100 : by;
  const shown = Math.round(size * 10) / 10;
  const text = new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(shown);
  const better = moreIsBetter(metric);
  return { by: shown, text, tone: shown === 0 || better === null ? 'even' : shown > 0 === better ? 'good' : 'bad' };
}

const ofDay = (day: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`));

/** A day, the days of a week or a month by its name, as it stands in a line of words. */
export function bucketWords(first: string, grain: Grain): string {
  if (grain === 'month') return ofDay(first, { year: 'numeric', month: 'short' });
  return grain === 'week' ? `${date(first)}–${ofDay(plus(first, 6), { month: '2-digit', day: '2-digit' })}` : date(first);
}

/** The same over a narrow column, in two lines: a day with its weekday, a week with its last day, a month with its year. */
export function bucketHead(first: string, grain: Grain): { over: string; under: string } {
  if (grain === 'month') return { over: ofDay(first, { month: 'short' }), under: ofDay(first, { year: 'numeric' }) };
  const short: Intl.DateTimeFormatOptions = { month: '2-digit', day: '2-digit' };
  return { over: ofDay(first, short), under: grain === 'week' ? `–${ofDay(plus(first, 6), short)}` : ofDay(first, { weekday: 'short' }) };
}

export type Line = { key: string; label: string; cells: Map<string, MetricRow> };
export type Grid = { columns: { key: string; label: string }[]; lines: Line[] };

/** Rows by two things as a table of cells; of time every bucket has its column or line. */
export function gridOf(rows: MetricRow[], by: string, andBy: string, span: Span, name: (name: MetricRow['label']) => string): Grid {
  const columns = new Map<string, string>();
  const lines = new Map<string, Line>();
  if (isGrain(andBy)) for (const first of buckets(span, andBy)) columns.set(first, first);
  if (isGrain(by)) for (const first of buckets(span, by)) lines.set(first, { key: first, label: bucketWords(first, by), cells: new Map() });
  for (const row of rows) {
    const column = row.and_key ?? '';
    if (!columns.has(column)) columns.set(column, name(row.and_label ?? {}));
    const line = lines.get(row.key) ?? { key: row.key, label: isGrain(by) ? bucketWords(row.key, by) : name(row.label), cells: new Map<string, MetricRow>() };
    line.cells.set(column, row);
    lines.set(row.key, line);
  }
  return { columns: [...columns].map(([key, label]) => ({ key, label })), lines: [...lines.values()] };
}

/** How dark a cell without a threshold is: none to four, by its share of the largest. */
export function depth(value: string | null, largest: number): number {
  return value === null || largest <= 0 || Number(value) <= 0 ? 0 : Math.max(1, Math.ceil((Number(value) / largest) * 4));
}

/** A day with its weekday, without the year. */
export function weekday(day: string): string {
  return ofDay(day, { month: 'numeric', day: 'numeric', weekday: 'short' });
}

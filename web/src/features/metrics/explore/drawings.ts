import type { Metric, MetricDimension, MetricRow } from '@/api/types';
import { date } from '@/ui/format';
import { currentLanguage } from '@/ui/i18n';
import { isGrain, plus, type Grain, type Span } from '@/features/metrics/periods';
import { bucketWords, gridOf, inWords, isShare } from '@/features/metrics/told';

type Colour = (name: string) => string;
export type Line = { name: string; value: string };
/** What a chart draws; each point carries the place of its row. `lines` says the same in words. */
export type Drawing = { option: (colour: Colour) => Record<string, unknown>; lines: Line[] };
type Named = (name: MetricRow['label']) => string;
export type Drawn = { metric: Metric; rows: MetricRow[]; by: MetricDimension; andBy: MetricDimension | null; span: Span; name: Named };

const palette = ['--link', '--ok', '--warn', '--bad', '--text-3'];
const hues = ['#3b82f6', '#10a37f', '#d97706', '#8b5cf6', '#e0507a', '#0891b2', '#84a32b', '#b45309', '#6366f1', '#64748b'];
const levels = { good: '--ok', middle: '--warn', bad: '--bad', none: '--link' } as const;

/** A day, week or month as it stands on an axis. */
export function moment(key: string, grain: Grain): string {
  const words = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', ...options }).format(new Date(`${key}T00:00:00Z`));
  return grain === 'month' ? words({ year: 'numeric', month: 'short' }) : words({ month: 'numeric', day: 'numeric' });
}

/** What a row is called, by the first or second thing it is broken down by. */
export function called(by: MetricDimension, key: string, words: string): string {
  return isGrain(by) ? bucketWords(key, by) : words;
}

const valueOf = (metric: Metric, row: MetricRow | undefined) => {
  if (!row || row.figure.value === null) return null;
  return isShare(metric) ? Math.round(Number(row.figure.value) * 1000) / 10 : Number(row.figure.value);
};

function frame(colour: Colour, { metric, name }: Drawn) {
  const unit = isShare(metric) ? '%' : metric.unit ? ` ${name(metric.unit)}` : '';
  return {
    tooltip: { trigger: 'axis', confine: true, backgroundColor: colour('--panel'), borderColor: colour('--line'), textStyle: { color: colour('--text') }, valueFormatter: (value: unknown) => (typeof value === 'number' ? `${new Intl.NumberFormat(currentLanguage()).format(value)}${unit}` : '–') },
    yAxis: { type: 'value', axisLabel: { color: colour('--text-3'), formatter: `{value}${unit}` }, splitLine: { lineStyle: { color: colour('--line') } } },
  };
}

function axisOf(colour: Colour, names: string[]) {
  return { type: 'category', data: names, axisLine: { lineStyle: { color: colour('--line-2') } }, axisTick: { show: false }, axisLabel: { color: colour('--text-2'), hideOverlap: true } };
}

function limitOf(colour: Colour, metric: Metric) {
  if (!metric.threshold) return undefined;
  const at = isShare(metric) ? metric.threshold.good * 100 : metric.threshold.good;
  return { silent: true, symbol: 'none', lineStyle: { color: colour('--text-3'), type: 'dashed' }, label: { show: false }, data: [{ yAxis: at }] };
}

const lineOf = (drawn: Drawn) => (row: MetricRow): Line => ({
  name: [called(drawn.by, row.key, drawn.name(row.label)), drawn.andBy && called(drawn.andBy, row.and_key ?? '', drawn.name(row.and_label ?? {}))].filter(Boolean).join(' · '),
  value: inWords(drawn.metric, row.figure.value),
});

/** The rows of the span that the shown one is compared with. */
export type Before = { rows: MetricRow[]; span: Span };

/** Lines or columns over the first thing, one for each of the second; what was before is drawn beside each, dashed. */
export function series(drawn: Drawn, kind: 'line' | 'bar', words: { now: string; before: string }, before: Before | null = null): Drawing {
  const { metric, rows, by, andBy, span, name } = drawn;
  const option = (colour: Colour) => {
    const place = new Map(rows.map((row, at) => [row, at]));
    const grid = andBy ? gridOf(rows, by, andBy, span, name) : null;
    const keys = grid ? grid.lines.map((line) => line.key) : rows.map((row) => row.key);
    const names = grid ? grid.lines.map((line) => line.label) : rows.map((row) => name(row.label));
    const point = (row: MetricRow | undefined, coloured: boolean) => ({
      value: valueOf(metric, row),
      row: row && place.get(row),
      ...(coloured && kind === 'bar' ? { itemStyle: { color: colour(levels[row?.figure.level ?? 'none']) } } : {}),
    });
    const shared = { type: kind, barMaxWidth: 28, symbolSize: 7, showSymbol: rows.length <= 400, connectNulls: false, cursor: 'pointer', emphasis: { focus: 'series' } };
    const lines = grid
      ? grid.columns.map((column, at) => ({ ...shared, name: isGrain(andBy) ? moment(column.key, andBy) : column.label, color: hues[at % hues.length], data: grid.lines.map((line) => point(line.cells.get(column.key), false)), markLine: at === 0 ? limitOf(colour, metric) : undefined }))
      : [{ ...shared, name: words.now, color: colour(palette[0] ?? '--link'), data: rows.map((row) => point(row, true)), markLine: limitOf(colour, metric) }];
    const dashed = { type: 'line', lineStyle: { type: 'dashed' }, showSymbol: false, silent: true };
    const past = before && andBy ? gridOf(before.rows, by, andBy, before.span, name) : null;
    const earlier =
      grid && past
        ? grid.columns.map((column, at) => ({ ...dashed, name: `${column.label} · ${words.before}`, color: hues[at % hues.length], data: keys.map((_, place) => valueOf(metric, past.lines[place]?.cells.get(column.key))) }))
        : before
          ? [{ ...dashed, name: words.before, color: colour('--text-3'), data: keys.map((_, at) => valueOf(metric, before.rows[at])) }]
          : [];
    const all = [...lines, ...earlier.filter((line) => line.data.some((value) => value !== null))];
    return {
      ...frame(colour, drawn),
      grid: { left: 8, right: 16, top: all.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
      legend: all.length > 1 ? { type: 'scroll', top: 0, textStyle: { color: colour('--text-2') }, pageTextStyle: { color: colour('--text-2') }, pageIconColor: colour('--link') } : undefined,
      xAxis: axisOf(colour, isGrain(by) ? keys.map((key) => moment(key, by)) : names),
      series: all,
    };
  };
  return { option, lines: rows.map(lineOf(drawn)) };
}

/** A funnel over kinds in their own order, the widest at the top. */
export function funnel(drawn: Drawn): Drawing {
  const { metric, rows, name } = drawn;
  const option = (colour: Colour) => ({
    tooltip: { confine: true, backgroundColor: colour('--panel'), borderColor: colour('--line'), textStyle: { color: colour('--text') }, formatter: ({ name: words, data }: { name: string; data: { row: number } }) => `${words} ${inWords(metric, rows[data.row]?.figure.value)}` },
    series: [
      {
        type: 'funnel',
        left: 8,
        width: '58%',
        top: 8,
        bottom: 8,
        minSize: '8%',
        gap: 3,
        sort: 'descending',
        cursor: 'pointer',
        label: { position: 'right', color: colour('--text'), formatter: ({ name: words, data }: { name: string; data: { row: number } }) => `${words}  ${inWords(metric, rows[data.row]?.figure.value)}` },
        data: rows.map((row, at) => ({ name: name(row.label), value: valueOf(metric, row) ?? 0, row: at, itemStyle: { color: colour('--link'), borderWidth: 0 } })),
        labelLine: { length: 12, lineStyle: { color: colour('--line-2') } },
      },
    ],
  });
  return { option, lines: rows.map(lineOf(drawn)) };
}

/** Days as cells of a calendar, by level where there is a threshold, else the darker the larger. */
export function calendar(drawn: Drawn, upright: boolean): Drawing {
  const { metric, rows, span } = drawn;
  const option = (colour: Colour) => {
    const values = rows.map((row) => valueOf(metric, row) ?? 0);
    const strings = (options: Intl.DateTimeFormatOptions, days: string[]) => days.map((day) => new Intl.DateTimeFormat(currentLanguage(), { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`)));
    const monday = '2026-11-23';
    const judged = metric.threshold !== null;
    return {
      tooltip: { confine: true, backgroundColor: colour('--panel'), borderColor: colour('--line'), textStyle: { color: colour('--text') }, formatter: ({ data }: { data: { row: number } }) => `${date(rows[data.row]?.key ?? '')} ${inWords(metric, rows[data.row]?.figure.value)}` },
      visualMap: { show: false, min: 0, max: Math.max(1, ...values), dimension: 1, inRange: { color: [colour('--panel-2'), colour('--link')] }, ...(judged ? { seriesIndex: [] } : {}) },
      calendar: {
        range: [span.since, span.until],
        orient: upright ? 'vertical' : 'horizontal',
        cellSize: upright ? ['auto', 26] : ['auto', 'auto'],
        left: upright ? 64 : 48,
        right: 12,
        top: 34,
        bottom: 8,
        splitLine: { lineStyle: { color: colour('--line-2') } },
        itemStyle: { color: colour('--panel-2'), borderColor: colour('--panel'), borderWidth: 3 },
        yearLabel: { show: false },
        dayLabel: { firstDay: 1, color: colour('--text-2'), nameMap: strings({ weekday: 'short' }, Array.from({ length: 7 }, (_, at) => plus(monday, at - 1))) },
        monthLabel: { color: colour('--text-2'), nameMap: strings({ month: 'short' }, Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}-01`)) },
      },
      series: [
        {
          type: 'heatmap',
          coordinateSystem: 'calendar',
          cursor: 'pointer',
          data: rows.flatMap((row, at) => (row.figure.value === null ? [] : [{ value: [row.key, valueOf(metric, row)], row: at, ...(judged ? { itemStyle: { color: colour(levels[row.figure.level]) } } : {}) }])),
          itemStyle: { borderColor: colour('--panel'), borderWidth: 3, borderRadius: 4 },
        },
      ],
    };
  };
  return { option, lines: rows.map(lineOf(drawn)) };
}

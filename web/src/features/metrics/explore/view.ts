import type { components } from '@/api/generated/schema';
import type { BoardPanel, Metric, MetricDimension } from '@/api/types';
import { isGrain, presets, spanOf, today, type Preset, type Span } from '@/features/metrics/periods';

type Schemas = components['schemas'];
export type ViewDocument = Schemas['FigureViewDocument'];
export type Chart = ViewDocument['chart'];
export type Compare = 'previous' | 'year';
/** How one figure is looked at; the period is a preset or two days. */
export type View = {
  metric: string;
  by: MetricDimension | null;
  andBy: MetricDimension | null;
  period: Preset | Span;
  unit: number | null;
  person: number | null;
  kind: string | null;
  compare: Compare | null;
  chart: Chart;
};

export const charts: readonly Chart[] = ['table', 'line', 'bars', 'funnel', 'matrix', 'calendar'];
export const viewPresets: readonly Preset[] = [...presets, 'days14'];
const dimensions: readonly MetricDimension[] = ['day', 'week', 'month', 'unit', 'person', 'kind', 'flow'];
const day = /^\d{4}-\d{2}-\d{2}$/;

type Dims = Pick<View, 'by' | 'andBy'>;

/** Whether a chart can draw what is broken down so; the server has the same rule (`engine/metrics/view.py`). */
export function fits(chart: Chart, { by, andBy }: Dims): boolean {
  switch (chart) {
    case 'line':
      return isGrain(by) && !isGrain(andBy);
    case 'funnel':
      return by === 'kind' && andBy === null;
    case 'matrix':
      return by !== null && andBy !== null;
    case 'calendar':
      return by === 'day' && andBy === null;
    default:
      return true;
  }
}

/** The nearest breakdown that a chart can draw, of those that the metric has; null: it has none. */
export function fitted(chart: Chart, { by, andBy }: Dims, metric: Metric): Dims | null {
  const first = (...wanted: MetricDimension[]) => wanted.find((each) => metric.dimensions.includes(each)) ?? null;
  const others = (taken: MetricDimension) => first(...(['day', 'unit', 'week', 'month', 'kind', 'person'] as const).filter((each) => each !== taken));
  let found: Dims;
  if (chart === 'funnel') found = { by: first('kind'), andBy: null };
  else if (chart === 'calendar') found = { by: first('day'), andBy: null };
  else if (chart === 'line') found = isGrain(andBy) && by !== null ? { by: andBy, andBy: isGrain(by) ? null : by } : { by: isGrain(by) ? by : first('day', 'week', 'month'), andBy: isGrain(by) ? null : by };
  else if (chart === 'matrix') {
    const one = by ?? first('unit', 'person', 'kind');
    found = { by: one, andBy: one && others(one) };
  } else found = { by, andBy };
  return fits(chart, found) ? found : null;
}

/** What draws a breakdown best where nobody says: a line over time, cells of two things, bars of one, else a table. */
export function usual({ by, andBy }: Dims): Chart {
  if (isGrain(by)) return isGrain(andBy) ? 'matrix' : 'line';
  if (andBy) return 'matrix';
  return by ? 'bars' : 'table';
}

/** The view that an address names, of what the metrics have. */
export function readView(params: URLSearchParams, metrics: Metric[]): View | null {
  const metric = metrics.find((each) => each.key === params.get('metric')) ?? metrics[0];
  if (!metric) return null;
  const dimension = (key: string) => dimensions.find((each) => each === params.get(key) && metric.dimensions.includes(each)) ?? null;
  const bare = params.get('metric') === null && params.get('by') === null;
  const by = bare ? (metric.dimensions.find((each) => each === 'unit') ?? null) : dimension('by');
  const second = dimension('and_by');
  const andBy = by === null || second === by ? null : second;
  const since = params.get('since') ?? '';
  const until = params.get('until') ?? '';
  const usualPeriod: Preset = metric.period === 'quarter' ? 'quarter' : 'month';
  const kind = metric.kinds.find((each) => each.key === params.get('kind'))?.key ?? null;
  const compare = params.get('compare');
  const asked = charts.find((each) => each === params.get('chart'));
  const dims = { by, andBy };
  return {
    metric: metric.key,
    ...dims,
    period: day.test(since) && day.test(until) && since <= until ? { since, until } : (viewPresets.find((each) => each === params.get('period')) ?? usualPeriod),
    unit: Number(params.get('unit')) || null,
    person: Number(params.get('person')) || null,
    kind,
    compare: !metric.is_now && (compare === 'year' || compare === 'previous') ? compare : null,
    chart: asked && fits(asked, dims) ? asked : usual(dims),
  };
}

/** What an address says of a view; null leaves it. */
export function written(view: View): Record<string, string | null> {
  const { period } = view;
  const isPreset = typeof period === 'string';
  const text = (value: string | number | null) => (value === null ? null : String(value));
  return {
    metric: view.metric,
    by: view.by,
    and_by: view.andBy,
    period: isPreset ? period : null,
    since: isPreset ? null : period.since,
    until: isPreset ? null : period.until,
    unit: text(view.unit),
    person: text(view.person),
    kind: view.kind,
    compare: view.compare,
    chart: view.chart,
  };
}

/** The address of a view; `saved` names the one that was opened. */
export function viewPath(view: View, saved?: number): string {
  const given = Object.entries({ ...written(view), view: saved === undefined ? null : String(saved) });
  return `/figures?${new URLSearchParams(given.filter((each): each is [string, string] => each[1] !== null)).toString()}`;
}

export function documentOf(view: View): ViewDocument {
  const { andBy, ...rest } = view;
  return { ...rest, and_by: andBy };
}

export function viewOf(document: ViewDocument): View {
  const { metric, by = null, and_by: andBy = null, period, unit = null, person = null, kind = null, compare = null, chart } = document;
  return { metric, by, andBy, period, unit, person, kind, compare, chart };
}

/** A span as the preset that means it today, so that it moves on; else as it is. */
export function asPeriod(span: Span, today: string): Preset | Span {
  return viewPresets.find((each) => {
    const meant = spanOf(each, today);
    return meant.since === span.since && meant.until === span.until;
  }) ?? span;
}

/** The address that looks on where a panel of a board ends: a single figure broken down by unit. */
export function explored(panel: Pick<BoardPanel, 'chart' | 'by' | 'and_by'>, metric: Metric, span: Span, unit: number | null): string {
  const isCard = panel.by === null;
  const by = isCard ? (metric.dimensions.find((each) => each === 'unit') ?? null) : panel.by;
  const dims = { by, andBy: panel.and_by };
  const chart = isCard || !fits('matrix', dims) ? (by ? 'bars' : 'table') : 'matrix';
  return viewPath({ metric: metric.key, ...dims, period: asPeriod(span, today()), unit, person: null, kind: null, compare: isCard && !metric.is_now ? 'previous' : null, chart });
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Me, Metric, MetricDimension, Unit } from '@/api/types';
import { bucket, isGrain, type Span } from './periods';

const all = ['metrics'];

export type Part = 'all' | 'hit' | 'missed';
/** Whose figures, of which kind. */
export type Whose = { unit?: number; person?: number; kind?: string };
export type FigureQuery = Span & Whose & { by?: MetricDimension; and_by?: MetricDimension; compare?: 'previous' | 'year' };
/** The things behind one figure, one of its parts, rows or cells. */
export type Behind = { metric: string; title: string; part: Part; where: Span & Whose & { region?: number; line?: string; rest?: boolean } };

/** Definitions; asked again soon while nothing has been counted yet. */
export function useMetrics() {
  return useQuery({
    queryKey: [...all, 'definitions'],
    queryFn: () => body(client.GET('/api/metrics')),
    refetchInterval: (query) => (query.state.data?.as_of === null ? 5_000 : false),
  });
}

export function useBoards() {
  return useQuery({ queryKey: [...all, 'boards'], queryFn: () => body(client.GET('/api/boards')), staleTime: 300_000, refetchInterval: 600_000 });
}

/** How a figure is asked for. */
export function figuresAsked(metric: string, query: FigureQuery) {
  return {
    queryKey: [...all, 'figures', metric, query],
    queryFn: () => body(client.GET('/api/metrics/{key}/figures', { params: { path: { key: metric }, query } })),
  };
}

export function useFigures(metric: string, query: FigureQuery, enabled = true) {
  return useQuery({
    enabled,
    ...figuresAsked(metric, query),
    refetchInterval: (query) => (query.state.data?.as_of === null ? 5_000 : false),
    placeholderData: (before) => (before?.metric === metric ? before : undefined),
  });
}

export function useThings({ metric, part, where }: Omit<Behind, 'title'>) {
  return useInfiniteQuery({
    queryKey: [...all, 'things', metric, part, where],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/metrics/{key}/things', { params: { path: { key: metric }, query: { ...where, part, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

export function useVersions(metric: string) {
  return useQuery({
    queryKey: [...all, 'versions', metric],
    queryFn: () => body(client.GET('/api/metrics/{key}/versions', { params: { path: { key: metric } } })),
  });
}

/** Narrows what is behind a figure to one key of a dimension. */
export function narrowed(where: Behind['where'], by: MetricDimension | null | undefined, key: string | null): Behind['where'] {
  if (!by || key === null) return where;
  if (isGrain(by)) return { ...where, ...bucket(key, by, where) };
  if (by === 'unit') return { ...where, region: Number(key) };
  return by === 'person' ? { ...where, person: Number(key) } : { ...where, kind: key };
}

/** Which part of the things stands behind the value itself: the whole of a share, what was added up of all else. */
export function wholePart(metric: Metric): Part {
  return metric.format === 'sum' ? 'hit' : 'all';
}

const widths = ['self', 'unit', 'subtree', 'custom', 'all'];

/** The units that somebody may ask about: all, his own with those below it, or none. What he reads least of decides. */
export function unitsInReach(me: Pick<Me, 'can' | 'unit' | 'is_admin'>, units: Unit[]): Unit[] {
  const reads = Object.values(me.can).map((verbs) => widths.indexOf(verbs['read'] ?? 'none'));
  const narrowest = widths[Math.min(...reads.filter((width) => width >= 0))];
  if (me.is_admin || narrowest === 'all' || narrowest === 'custom') return units;
  if (!me.unit || narrowest === undefined || narrowest === 'self') return [];
  const below = (parent: number): number[] => units.filter((unit) => unit.parent_id === parent).flatMap((unit) => [unit.id, ...below(unit.id)]);
  const found = new Set([me.unit.id, ...below(me.unit.id)]);
  return units.filter((unit) => found.has(unit.id));
}

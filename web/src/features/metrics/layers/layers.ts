import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';
import { plus, type Span } from '@/features/metrics/periods';

export type Layers = components['schemas']['LayersOut'];
export type Layer = Layers['layers'][number];
export type Indicator = Layer['indicators'][number];
export type Trait = Layers['traits'][number];
export type Group = 'having' | 'lacking' | 'unknown';
export type Asked = Span & { unit?: number };
export type DealsBehind = { trait: string; part: Group; outcome: 'won' | 'lost' | 'all' };

/** How many days the page may look at; each beside as many before. */
export const spans = [7, 30, 90, 180] as const;
export const usual = 30;

/** So many days up to today; the usual number for anything else. */
export function spanOfDays(asked: string | null, today: string): Span {
  const days = spans.find((each) => String(each) === asked) ?? usual;
  return { since: plus(today, 1 - days), until: today };
}

/** What stands in each layer, and what goes together with winning. */
export function useLayers(asked: Asked) {
  return useQuery({
    queryKey: ['metrics', 'layers', asked],
    queryFn: () => body(client.GET('/api/metrics/layers', { params: { query: asked } })),
    placeholderData: (before) => before,
  });
}

/** The closed deals of a group, the latest first. */
export function useLayerDeals(asked: Asked, behind: DealsBehind) {
  return useInfiniteQuery({
    queryKey: ['metrics', 'layers', asked, behind],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/metrics/layers/records', { params: { query: { ...asked, ...behind, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** A mean per working day; null where none has gone by or nothing was counted. */
export function perWorkday(value: string | null | undefined, workdays: number): number | null {
  return value === null || value === undefined || workdays <= 0 ? null : Number(value) / workdays;
}

/** What may be said of a difference: more or fewer wins, not told from chance, or too few deals. */
export function verdictOf({ difference, is_clear }: Pick<Trait, 'difference' | 'is_clear'>): 'more' | 'less' | 'unclear' | 'few' {
  if (difference === null) return 'few';
  if (!is_clear) return 'unclear';
  return difference > 0 ? 'more' : 'less';
}

/** A corrected p as it is written: never nought. */
export function chance(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

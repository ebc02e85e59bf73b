import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';

export type Touch = components['schemas']['WinTouch'];
export type Share = components['schemas']['TouchShare'];
export type Period = { since?: string; unit?: number };
export type Behind = { number?: number; outcome: 'won' | 'lost' | 'all' };

/** Wins and losses by the number of effective contacts before them. */
export function useTouches(period: Period) {
  return useQuery({
    queryKey: ['metrics', 'touches', period],
    queryFn: () => body(client.GET('/api/metrics/touches', { params: { query: period } })),
    placeholderData: (before) => before,
  });
}

/** The closed deals behind a number, the latest first. */
export function useTouchDeals(period: Period, behind: Behind) {
  return useInfiniteQuery({
    queryKey: ['metrics', 'touches', period, behind],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/metrics/touches/records', { params: { query: { ...period, ...behind, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** A share with its interval in percent; null of too few cases. */
export function told({ value, low, high }: Share): { share: string; interval: string } | null {
  if (value === null || low === null || high === null) return null;
  const short = (one: number) => (100 * one).toFixed(1);
  return { share: `${short(value)}%`, interval: `${short(low)}–${short(high)}` };
}

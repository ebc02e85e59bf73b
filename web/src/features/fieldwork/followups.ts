import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Place } from './places';

/** Kinds of contact, ticks, standards and phrases: everything by which a screen judges before the server does. */
export const optionsQuery = queryOptions({
  queryKey: ['followup-options'],
  queryFn: () => body(client.GET('/api/followups/options')),
  staleTime: 300_000,
});

/** One's own customers with where they are: what a phone offers without network. */
export const ownCustomersQuery = queryOptions({
  queryKey: ['followup-customers'],
  queryFn: async () => (await body(client.GET('/api/followups/customers', { params: { query: { mine: true, limit: 200 } } }))).items,
  staleTime: 300_000,
});

export function useOptions() {
  return useQuery(optionsQuery);
}

export function useOwnCustomers() {
  return useQuery(ownCustomersQuery);
}

/** Customers in reach, one's own or not: those around a place, or by what was typed. */
export function useCustomersAround(place: Place | null, q: string) {
  const here = place ? { latitude: round(place.latitude), longitude: round(place.longitude), system: place.system } : {};
  return useQuery({
    queryKey: ['followup-around', here, q],
    queryFn: async () => (await body(client.GET('/api/followups/customers', { params: { query: { q, limit: 20, ...here } } }))).items,
    enabled: place !== null || [...q].length >= 2,
    retry: false,
  });
}

/** About eleven metres: who stands still asks once. */
function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}

export type FollowUpFilter = {
  record_type?: string;
  record_id?: number;
  author?: number;
  day?: string;
  state?: 'draft' | 'counted';
  doubtful?: boolean;
  unit?: number;
};

/** Everything that was read of follow-ups is asked for again after a change. */
export const followUpsKey = ['followups'] as const;

function pagesOf(filter: FollowUpFilter, limit: number) {
  return infiniteQueryOptions({
    queryKey: [...followUpsKey, filter, limit],
    queryFn: ({ pageParam }) => body(client.GET('/api/followups', { params: { query: { ...filter, limit, cursor: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Follow-ups in reach, the latest contact first, page by page. */
export function useFollowUps(filter: FollowUpFilter, limit = 20) {
  return useInfiniteQuery(pagesOf(filter, limit));
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

export type ClockBox = 'mine' | 'team' | 'red';

/** All clocks of a record, the most pressing first; asked again every minute, for steps fire meanwhile. */
export function useRecordClocks(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'clocks'),
    queryFn: () =>
      body(client.GET('/api/records/{record_type}/{record_id}/clocks', { params: { path: { record_type: type, record_id: id } } })),
    refetchInterval: 60_000,
  });
}

/** By policy: what fell due from one day until another, and how much of it was done in time. */
export function usePunctuality(query: { from: string; to: string; under?: number }) {
  return useQuery({
    queryKey: [...keys.clocks, 'punctuality', query],
    queryFn: () => body(client.GET('/api/clocks/punctuality', { params: { query } })),
  });
}

/** The clocks behind one figure of it. */
export function usePunctualClocks(query: { from: string; to: string; policy: string; outcome: 'due' | 'met' | 'missed'; under?: number }) {
  return useInfiniteQuery({
    queryKey: [...keys.clocks, 'punctuality', 'clocks', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/clocks/punctuality/clocks', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

type Query = { box: ClockBox; policy?: string; owner_id?: number; under?: number; limit?: number };

/** Open clocks of a box, perhaps of one policy, person or unit, the soonest due first. */
export function useClocks(query: Query) {
  return useInfiniteQuery({
    queryKey: [...keys.clocks, query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/clocks', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });
}

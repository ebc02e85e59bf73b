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

type Query = { box: ClockBox; policy?: string; owner_id?: number };

/** Open clocks of a box, perhaps of one policy or one person, the soonest due first. */
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

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export function useAudit(filter: { actor?: number; verb?: string }) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/audit', { params: { query: { ...filter, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** Where the stage changes of a period are fetched as a workbook. */
export function stageLogFile(asked: { from: string; to: string; moves: 'all' | 'back' }): string {
  return `/api/audit/stage-changes?${new URLSearchParams(asked).toString()}`;
}

/** How completely the records of a type are filled in, field by field. */
export function useFillRates(type: string) {
  return useQuery({
    queryKey: ['fill-rates', type],
    queryFn: () => body(client.GET('/api/fill-rates/{record_type}', { params: { path: { record_type: type } } })),
  });
}

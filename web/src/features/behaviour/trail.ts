import { useInfiniteQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

/** What the people of a record did, newest first, page by page. */
export function useTrail(type: string, id: number) {
  return useInfiniteQuery({
    queryKey: keys.part(type, id, 'behaviour'),
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/records/{record_type}/{record_id}/behaviour', {
          params: { path: { record_type: type, record_id: id }, query: { cursor: pageParam || undefined } },
        }),
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

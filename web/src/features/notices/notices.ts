import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export type Box = 'unread' | 'all';

/** How many notices wait unseen; asked again by what the server says live, or every 30 s without it. */
export function useUnread(every_ms: number | false) {
  return useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: () => body(client.GET('/api/notices', { params: { query: { limit: 0 } } })),
    select: (page) => page.unread,
    refetchInterval: every_ms,
  });
}

export function useNotices(box: Box) {
  return useInfiniteQuery({
    queryKey: ['notices', 'list', box],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/notices', { params: { query: { box, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** Marks notices as seen; `null` means all of them. */
export function useSee() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[] | null) => body(client.POST('/api/notices/seen', { body: { ids } })),
    onSuccess: async () => {
      // A first answer that is still on its way tells of before, and would not be asked for again.
      await cache.cancelQueries({ queryKey: ['notices'] });
      await cache.invalidateQueries({ queryKey: ['notices'] });
    },
  });
}

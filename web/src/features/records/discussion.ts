import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

const at = (type: string, id: number) => ({ path: { record_type: type, record_id: id } });

export function useTimeline(type: string, id: number, kinds?: string) {
  return useInfiniteQuery({
    queryKey: [...keys.part(type, id, 'timeline'), kinds ?? ''],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/records/{record_type}/{record_id}/timeline', {
          params: { ...at(type, id), query: { cursor: pageParam || undefined, kinds } },
        }),
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

export function useComments(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'comments'),
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/comments', { params: at(type, id) })),
  });
}

export function useAddComment(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (comment: { text: string; mentions: number[] }) =>
      body(
        client.POST('/api/records/{record_type}/{record_id}/comments', { params: at(type, id), body: comment }),
      ),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.part(type, id, 'comments') });
      void cache.invalidateQueries({ queryKey: keys.part(type, id, 'timeline') });
    },
  });
}

export function useDeleteComment(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (comment: number) =>
      body(client.DELETE('/api/comments/{comment_id}', { params: { path: { comment_id: comment } } })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.part(type, id, 'comments') });
    },
  });
}

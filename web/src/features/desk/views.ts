import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { View, ViewBody } from '@/api/types';

const none: View[] = [];

export function useViews(type: string): View[] {
  const query = useQuery({
    queryKey: keys.views(type),
    queryFn: () => body(client.GET('/api/views', { params: { query: { record_type: type } } })),
    staleTime: 60_000,
  });
  return query.data ?? none;
}

export function useSaveView(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, view }: { id?: number; view: ViewBody }) =>
      id === undefined
        ? body(client.POST('/api/views', { body: view }))
        : body(client.PATCH('/api/views/{view_id}', { params: { path: { view_id: id } }, body: view })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.views(type) }),
  });
}

export function useDeleteView(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => body(client.DELETE('/api/views/{view_id}', { params: { path: { view_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.views(type) }),
  });
}

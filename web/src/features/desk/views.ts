import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { NewView, View } from '@/api/types';

const none: View[] = [];

export function useViews(type: string): View[] {
  const query = useQuery({
    queryKey: keys.views(type),
    queryFn: () => body(client.GET('/api/views', { params: { query: { record_type: type } } })),
    staleTime: 60_000,
  });
  return query.data ?? none;
}

/** Makes a view, or changes one's own; a pin is each person's own matter. */
export function useSaveView(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, view, pinned }: { id?: number; view: NewView; pinned: boolean }) => {
      const kept =
        id === undefined
          ? await body(client.POST('/api/views', { body: view }))
          : await body(
              client.PATCH('/api/views/{view_id}', {
                params: { path: { view_id: id } },
                body: { name: view.name, kind: view.kind, columns: view.columns, filter: view.filter, sort: view.sort, visibility: view.visibility },
              }),
            );
      if (kept.pinned === pinned) return kept;
      return body(client.PATCH('/api/views/{view_id}', { params: { path: { view_id: kept.id } }, body: { pinned } }));
    },
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

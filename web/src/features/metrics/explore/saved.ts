import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type SavedView = Schemas['FigureViewOut'];
export type NewSavedView = Schemas['FigureViewIn'];

const key = ['metrics', 'views'];

/** One's own views and those shared with one, pinned ones first. */
export function useSavedViews() {
  return useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/figure-views')), staleTime: 60_000 });
}

function useChange<Given, Answer>(send: (given: Given) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => cache.invalidateQueries({ queryKey: key }) });
}

/** Keeps a view: a new one, or one's own as it was read. */
export function useSaveFigureView() {
  return useChange(({ held, given }: { held: SavedView | null; given: NewSavedView }) =>
    held === null
      ? body(client.POST('/api/figure-views', { body: given }))
      : body(client.PUT('/api/figure-views/{view_id}', { params: { path: { view_id: held.id } }, body: given, headers: ifMatch(held.version) })),
  );
}

export function usePinFigureView() {
  return useChange(({ id, pinned }: { id: number; pinned: boolean }) => body(client.PUT('/api/figure-views/{view_id}/pin', { params: { path: { view_id: id } }, body: { pinned } })));
}

export function useRemoveFigureView() {
  return useChange((id: number) => body(client.DELETE('/api/figure-views/{view_id}', { params: { path: { view_id: id } } })));
}

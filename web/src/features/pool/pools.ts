import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { PoolStanding } from '@/api/types';
import { forget } from '@/features/records/queries';

const all = ['pools'];
const at = (record_type: string, record_id: number) => ({ params: { path: { record_type, record_id } } });

/** The pools that one sees, with what one may still claim. */
export function usePools() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/pools')) });
}

/** What lies in a pool, page by page. */
export function usePoolEntries(pool: number, q: string) {
  return useInfiniteQuery({
    queryKey: [...all, pool, 'entries', q],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/pools/{pool_id}/entries', {
          params: { path: { pool_id: pool }, query: { q, cursor: pageParam || undefined } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** How a record stands with pools: why it lies there, who had it, what one may do. */
export function useStanding(type: string, id: number, enabled = true) {
  return useQuery({
    queryKey: [...all, 'of', type, id],
    enabled,
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/pool', at(type, id))),
  });
}

function useKeep(type: string, id: number) {
  const cache = useQueryClient();
  return (standing: PoolStanding) => {
    cache.setQueryData([...all, 'of', type, id], standing);
    void cache.invalidateQueries({ queryKey: all });
    forget(cache, type, id);
  };
}

/** Takes a record; whether it went well or not, the pool is looked at again. */
export function useClaim() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ type, id }: { type: string; id: number }) =>
      body(client.POST('/api/records/{record_type}/{record_id}/claim', at(type, id))),
    onSettled: (_standing, _error, { type, id }) => {
      void cache.invalidateQueries({ queryKey: all });
      forget(cache, type, id);
    },
  });
}

export function useRelease(type: string, id: number) {
  return useMutation({
    mutationFn: (wish: { reason: string; note: string }) =>
      body(client.POST('/api/records/{record_type}/{record_id}/release', { ...at(type, id), body: wish })),
    onSuccess: useKeep(type, id),
  });
}

export function usePutIn(type: string, id: number) {
  return useMutation({
    mutationFn: (note: string) => body(client.POST('/api/records/{record_type}/{record_id}/put-in', { ...at(type, id), body: { note } })),
    onSuccess: useKeep(type, id),
  });
}

export function useAssignOut(type: string, id: number) {
  return useMutation({
    mutationFn: (owner: number) =>
      body(client.POST('/api/records/{record_type}/{record_id}/assign-out', { ...at(type, id), body: { owner } })),
    onSuccess: useKeep(type, id),
  });
}

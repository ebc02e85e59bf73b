import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NewPool, PoolSettings } from '@/api/types';
import { sent, type Rules } from './definition';

const all = ['pool-settings'];
const at = (pool_id: number) => ({ params: { path: { pool_id } } });

export function usePoolSettings() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/pool-settings')) });
}

export function useOnePool(id: number) {
  return useQuery({ queryKey: [...all, id], queryFn: () => body(client.GET('/api/pool-settings/{pool_id}', at(id))) });
}

/** What may stand in the rules of pools of a record type. */
export function usePoolCatalogue(record_type: string) {
  return useQuery({
    queryKey: [...all, 'catalogue', record_type],
    queryFn: () => body(client.GET('/api/pool-settings/catalogue', { params: { query: { record_type } } })),
    staleTime: 300_000,
  });
}

/** What rules say in words, or what is wrong with them. */
export function useCheckRules(id: number, definition: Rules) {
  return useQuery({
    queryKey: [...all, id, 'check', definition],
    queryFn: () => body(client.POST('/api/pool-settings/{pool_id}/check', { ...at(id), body: { definition: sent(definition) } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

/** Who would lose what within some days. */
export function usePreview(id: number, definition: Rules, days: number) {
  return useQuery({
    queryKey: [...all, id, 'preview', definition, days],
    queryFn: () => body(client.POST('/api/pool-settings/{pool_id}/preview', { ...at(id), body: { definition: sent(definition), days } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

function useKeepPool() {
  const cache = useQueryClient();
  return (pool: PoolSettings) => {
    cache.setQueryData([...all, pool.id], pool);
    void cache.invalidateQueries({ queryKey: all, exact: true });
    void cache.invalidateQueries({ queryKey: ['pools'] });
  };
}

export function useCreatePool() {
  return useMutation({
    mutationFn: (wish: NewPool) => body(client.POST('/api/pool-settings', { body: wish })),
    onSuccess: useKeepPool(),
  });
}

export function useSaveRules(id: number) {
  return useMutation({
    mutationFn: (definition: Rules) => body(client.PUT('/api/pool-settings/{pool_id}/draft', { ...at(id), body: { definition: sent(definition) } })),
    onSuccess: useKeepPool(),
  });
}

export function usePublishRules(id: number) {
  return useMutation({
    mutationFn: () => body(client.POST('/api/pool-settings/{pool_id}/publish', at(id))),
    onSuccess: useKeepPool(),
  });
}

export function useSwitchPool(id: number) {
  return useMutation({
    mutationFn: (is_active: boolean) => body(client.POST('/api/pool-settings/{pool_id}/switch', { ...at(id), body: { is_active } })),
    onSuccess: useKeepPool(),
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Retention, SiteBody, SiteChange } from '@/api/types';

const all = ['sites'];

export function useSites() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/sites')) });
}

function useAfresh() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: all });
  };
}

export function useCreateSite() {
  return useMutation({ mutationFn: (site: SiteBody) => body(client.POST('/api/sites', { body: site })), onSuccess: useAfresh() });
}

export function useChangeSite(key: string) {
  return useMutation({
    mutationFn: (change: SiteChange) => body(client.PATCH('/api/sites/{key}', { params: { path: { key } }, body: change })),
    onSuccess: useAfresh(),
  });
}

const kept = ['retention'];

export function useRetention() {
  return useQuery({ queryKey: kept, queryFn: () => body(client.GET('/api/behaviour/retention')) });
}

export function useSetRetention() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Retention) => body(client.PUT('/api/behaviour/retention', { body: wanted })),
    onSuccess: (now) => {
      cache.setQueryData(kept, now);
    },
  });
}

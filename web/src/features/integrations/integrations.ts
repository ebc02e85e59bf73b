import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Integration, IntegrationBody, SyncChoice } from '@/api/types';

const integrations = ['integrations'];
const at = (provider: string) => ({ params: { path: { provider } } });

export function useIntegrations() {
  return useQuery({ queryKey: integrations, queryFn: () => body(client.GET('/api/integrations')) });
}

/** Sets a provider up; a setting that is not named stays. */
export function useSaveIntegration(provider: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: IntegrationBody) => body(client.PUT('/api/integrations/{provider}', { ...at(provider), body: form })),
    onSuccess: (kept) => {
      cache.setQueryData<Integration[]>(integrations, (before) => before?.map((one) => (one.key === kept.key ? kept : one)));
    },
  });
}

/** Asks the provider whether it knows the account. */
export function useCheckIntegration(provider: string) {
  return useMutation({ mutationFn: () => body(client.POST('/api/integrations/{provider}/check', at(provider))) });
}

export function useSync(provider: string, sync_id: number | null) {
  return useQuery({
    queryKey: [...integrations, provider, 'sync', sync_id],
    enabled: sync_id !== null,
    queryFn: () => body(client.GET('/api/integrations/{provider}/sync/{sync_id}', { params: { path: { provider, sync_id: sync_id ?? 0 } } })),
  });
}

/** Reads the provider's address book; nothing is changed by it. */
export function useReadDirectory(provider: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST('/api/integrations/{provider}/sync', at(provider))),
    onSuccess: (read) => {
      cache.setQueryData([...integrations, provider, 'sync', read.id], read);
      void cache.invalidateQueries({ queryKey: integrations, exact: true });
    },
  });
}

export function useApplySync(provider: string, sync_id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (choice: SyncChoice) =>
      body(client.POST('/api/integrations/{provider}/sync/{sync_id}/apply', { params: { path: { provider, sync_id } }, body: choice })),
    onSuccess: (applied) => {
      cache.setQueryData([...integrations, provider, 'sync', applied.id], applied);
      void cache.invalidateQueries({ queryKey: ['org'] });
      void cache.invalidateQueries({ queryKey: integrations, exact: true });
    },
  });
}

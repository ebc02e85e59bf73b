import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NewPolicy, Policy } from '@/api/types';
import type { Definition } from './definition';

const all = ['policies'];
const at = (key: string) => ({ params: { path: { key } } });

export function usePolicies() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/policies')) });
}

export function usePolicy(key: string) {
  return useQuery({ queryKey: [...all, key], queryFn: () => body(client.GET('/api/policies/{key}', at(key))) });
}

/** What may stand in a policy about something: verbs, facts, people, channels. */
export function useCatalogue(about: string, enabled = true) {
  return useQuery({
    queryKey: [...all, 'catalogue', about],
    enabled,
    queryFn: () => body(client.GET('/api/policies/catalogue', { params: { query: { about } } })),
    staleTime: 300_000,
  });
}

/** What a definition says in words, or what is wrong with it. */
export function useCheck(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...all, key, 'check', definition],
    queryFn: () => body(client.POST('/api/policies/{key}/check', { ...at(key), body: { definition } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

function useKeepPolicy() {
  const cache = useQueryClient();
  return (policy: Policy) => {
    cache.setQueryData([...all, policy.key], policy);
    void cache.invalidateQueries({ queryKey: all, exact: true });
  };
}

export function useCreatePolicy() {
  return useMutation({
    mutationFn: (wish: NewPolicy) => body(client.POST('/api/policies', { body: wish })),
    onSuccess: useKeepPolicy(),
  });
}

export function useSaveDraft(key: string) {
  return useMutation({
    mutationFn: (definition: Definition) => body(client.PUT('/api/policies/{key}/draft', { ...at(key), body: { definition } })),
    onSuccess: useKeepPolicy(),
  });
}

/** Publishes the draft; `adopt` also opens clocks for what is there already. */
export function usePublish(key: string) {
  return useMutation({
    mutationFn: (adopt: boolean) => body(client.POST('/api/policies/{key}/publish', { ...at(key), body: { adopt } })),
    onSuccess: useKeepPolicy(),
  });
}

export function useSwitch(key: string) {
  return useMutation({
    mutationFn: (is_active: boolean) => body(client.POST('/api/policies/{key}/switch', { ...at(key), body: { is_active } })),
    onSuccess: useKeepPolicy(),
  });
}

/** What would have happened in a period that is over. */
export function useRehearsal(key: string) {
  return useMutation({
    mutationFn: ({ from, to, definition }: { from: string; to: string; definition: Definition }) =>
      body(client.POST('/api/policies/{key}/rehearsal', { ...at(key), body: { from, to, definition } })),
  });
}

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NurturePath } from '@/api/types';
import type { Names } from './names';
import { sent, type Definition } from './path/definition';

const all = ['nurture', 'paths'];
const at = (key: string) => ({ params: { path: { key } } });

export function usePaths() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/nurture/paths')) });
}

export function usePath(key: string) {
  return useQuery({ queryKey: [...all, key], queryFn: () => body(client.GET('/api/nurture/paths/{key}', at(key))) });
}

/** One published version, which never changes. */
export function usePathVersion(key: string, number: number | null) {
  return useQuery({
    queryKey: [...all, key, 'version', number],
    enabled: number !== null,
    queryFn: () => body(client.GET('/api/nurture/paths/{key}/versions/{number}', { params: { path: { key, number: number ?? 1 } } })),
    staleTime: Infinity,
  });
}

/** What a path may be made of: facts, verbs, templates, roles, channels. */
export function useNurtureCatalogue(enabled = true) {
  return useQuery({ queryKey: ['nurture', 'catalogue'], enabled, queryFn: () => body(client.GET('/api/nurture/catalogue')), staleTime: 60_000 });
}

/** What a definition says, step by step, and what is wrong with it and where. */
export function useCheckPath(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...all, key, 'check', definition],
    queryFn: () => body(client.POST('/api/nurture/paths/{key}/check', { ...at(key), body: { definition } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

/** Who would start, were the path published as it stands. */
export function usePreviewPath(key: string, definition: Definition, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...all, key, 'preview', definition],
    queryFn: () => body(client.POST('/api/nurture/paths/{key}/preview', { ...at(key), body: { definition } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

export type Trial = { record_id: number; opens: boolean; clicks: boolean };

/** What one record would go through, and when. */
export function useRehearsePath(key: string, definition: Definition, trial: Trial | null) {
  return useQuery({
    queryKey: [...all, key, 'rehearse', definition, trial],
    enabled: trial !== null,
    queryFn: () => body(client.POST('/api/nurture/paths/{key}/rehearse', { ...at(key), body: { record_id: 0, opens: false, clicks: false, ...trial, definition } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** How many came how far, in one version or in all of them. */
export function usePathReport(key: string, version: number | null, enabled = true) {
  return useQuery({
    queryKey: [...all, key, 'report', version],
    enabled,
    queryFn: () => body(client.GET('/api/nurture/paths/{key}/report', { params: { path: { key }, query: version === null ? {} : { version } } })),
  });
}

function useKeep() {
  const cache = useQueryClient();
  return (path: NurturePath) => {
    cache.setQueryData([...all, path.key], path);
    void cache.invalidateQueries({ queryKey: all, exact: true });
    void cache.invalidateQueries({ queryKey: [...all, path.key, 'report'] });
  };
}

/** Makes a path: as a copy of another, or from a definition to begin with. */
export function useCreatePath() {
  const keep = useKeep();
  return useMutation({
    mutationFn: async ({ key, name, like, definition }: { key: string; name: Names; like: string | null; definition: Definition | null }) => {
      const made = await body(client.POST('/api/nurture/paths', { body: { key, name, like } }));
      if (!definition) return made;
      return body(client.PUT('/api/nurture/paths/{key}/draft', { ...at(made.key), body: { definition: sent(definition), revision: made.revision } }));
    },
    onSuccess: keep,
  });
}

export function useSavePath(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (draft: { definition: Definition; revision: number | null }) => body(client.PUT('/api/nurture/paths/{key}/draft', { ...at(key), body: draft })),
    onSuccess: keep,
  });
}

export function usePublishPath(key: string) {
  const keep = useKeep();
  return useMutation({ mutationFn: () => body(client.POST('/api/nurture/paths/{key}/publish', at(key))), onSuccess: keep });
}

export function useSwitchPath(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (wish: { is_active: boolean; leaves_running: boolean }) => body(client.POST('/api/nurture/paths/{key}/switch', { ...at(key), body: wish })),
    onSuccess: keep,
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type Standard = Schemas['StandardOut'];
export type Standards = Schemas['StandardList'];
export type Definition = Schemas['StandardDefinition'];
export type Item = Schemas['EvidenceItemIn'];
export type Rehearsal = Schemas['RehearsalOut'];

const all = ['followup-standards'];
const at = (key: string, revision?: number) => ({
  params: { path: { key } },
  ...(revision === undefined ? {} : { headers: ifMatch(revision) }),
});

/** Every standard with its versions and draft, and the words for writing one. */
export function useStandards() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/followup-standards')) });
}

/** What last month's follow-ups would have been by a draft. */
export function useRehearsal(key: string) {
  return useMutation({
    mutationFn: (definition: Definition) => body(client.POST('/api/followup-standards/{key}/rehearsal', { ...at(key), body: { definition } })),
  });
}

function useReadAgain() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: ['followup-options'] });
    return cache.invalidateQueries({ queryKey: all });
  };
}

export function useCreate() {
  return useMutation({
    mutationFn: (wish: Schemas['StandardIn']) => body(client.POST('/api/followup-standards', { body: wish })),
    onSuccess: useReadAgain(),
  });
}

export function useSaveDraft(standard: Standard) {
  return useMutation({
    mutationFn: (definition: Definition) =>
      body(client.PUT('/api/followup-standards/{key}/draft', { ...at(standard.key, standard.revision), body: { definition } })),
    onSuccess: useReadAgain(),
  });
}

/** Saves what is written and publishes it: two writes, the second on what the first gave. */
export function usePublish(standard: Standard) {
  return useMutation({
    mutationFn: async (definition: Definition) => {
      const saved = await body(client.PUT('/api/followup-standards/{key}/draft', { ...at(standard.key, standard.revision), body: { definition } }));
      return body(client.POST('/api/followup-standards/{key}/publish', at(standard.key, saved.revision)));
    },
    onSettled: useReadAgain(),
  });
}

export function useDropDraft(standard: Standard) {
  return useMutation({
    mutationFn: () => body(client.DELETE('/api/followup-standards/{key}/draft', at(standard.key, standard.revision))),
    onSuccess: useReadAgain(),
  });
}

export function useRetire(standard: Standard) {
  return useMutation({
    mutationFn: (is_retired: boolean) =>
      body(client.POST('/api/followup-standards/{key}/retirement', { ...at(standard.key, standard.revision), body: { is_retired } })),
    onSuccess: useReadAgain(),
  });
}

/** What a standard says now, or what is being written of it. */
export function currentOf(standard: Standard): Definition | null {
  const newest = standard.versions.find((version) => version.is_current) ?? standard.versions[0];
  return newest ? (newest.definition as Definition) : null;
}

export function draftOf(standard: Standard): Definition {
  return (standard.draft as Definition | null) ?? currentOf(standard) ?? empty(standard.name);
}

/** A draft that asks for nothing yet. */
export function empty(name: Definition['name']): Definition {
  return { name, kinds: [], unit_ids: null, record_type: null, stages: null, at_least: null, items: [] };
}

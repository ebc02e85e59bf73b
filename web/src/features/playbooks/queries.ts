import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import { upload } from '@/api/upload';
import { keys } from '@/api/queries';
import type { PlaybookContent, PlaybookKind } from '@/api/types';

const key = ['playbooks'];

export type Filters = { q: string; kind: string; tags: string[]; state: 'published' | 'proposed' | 'archived' };

/** Entries: what answers the words best first, else the newest first. */
export function usePlaybooks({ q, kind, tags, state }: Filters) {
  const query = { q, kind: (kind || undefined) as PlaybookKind | undefined, tag: tags, state };
  return useInfiniteQuery({
    queryKey: [...key, 'list', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/playbooks', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

export function useFacets() {
  return useQuery({ queryKey: [...key, 'facets'], staleTime: 300_000, queryFn: () => body(client.GET('/api/playbooks/facets')) });
}

export function useEntry(id: number) {
  return useQuery({ queryKey: [...key, id], queryFn: () => body(client.GET('/api/playbooks/{entry_id}', { params: { path: { entry_id: id } } })) });
}

export function useUses(id: number) {
  return useQuery({ queryKey: [...key, id, 'uses'], queryFn: () => body(client.GET('/api/playbooks/{entry_id}/uses', { params: { path: { entry_id: id } } })) });
}

/** What helps with a record as it stands, and with the words that are typed. */
export function useSuggestions(record_id: number, situation: string) {
  return useQuery({
    queryKey: [...key, 'suggestions', record_id, situation],
    queryFn: () => body(client.GET('/api/playbooks/suggestions', { params: { query: { record_id, situation, limit: 6 } } })),
    placeholderData: (before) => before,
  });
}

export function usePushes(is_sent: boolean) {
  return useQuery({ queryKey: [...key, 'pushes', is_sent], queryFn: () => body(client.GET('/api/playbooks/pushes', { params: { query: { is_sent } } })) });
}

export function useUsage(since: string, until: string) {
  return useQuery({ queryKey: [...key, 'usage', since, until], queryFn: () => body(client.GET('/api/playbooks/usage', { params: { query: { since, until } } })) });
}

/** Everything that shows the library is asked for again. */
function useForget() {
  const cache = useQueryClient();
  return () => { void cache.invalidateQueries({ queryKey: key }); };
}

type Use = { id: number; kind: 'opened' | 'used'; record_id?: number; source: 'library' | 'suggestion' | 'push' | 'search' };

export function useNoteUse() {
  const forget = useForget();
  return useMutation({
    mutationFn: ({ id, ...use }: Use) => body(client.POST('/api/playbooks/{entry_id}/uses', { params: { path: { entry_id: id } }, body: use })),
    onSuccess: (_none, use) => { if (use.kind === 'used') forget(); },
  });
}

export function useRate(id: number) {
  const forget = useForget();
  return useMutation({
    mutationFn: (is_helpful: boolean) => body(client.PUT('/api/playbooks/{entry_id}/rating', { params: { path: { entry_id: id } }, body: { is_helpful, note: '' } })),
    onSuccess: forget,
  });
}

export type Draft = { id: number | null; kind: PlaybookKind; content: PlaybookContent; note: string; revision: number; file: File | null };

/** Proposes an entry, a file first where one is given: the draft names it. */
export function usePropose() {
  const forget = useForget();
  return useMutation({
    mutationFn: async ({ id, kind, content, note, revision, file }: Draft) => {
      const entry = id === null ? await body(client.POST('/api/playbooks', { body: { kind, content, note } })) : null;
      const entry_id = entry?.id ?? id ?? 0;
      if (entry && !file) return entry;
      let whole = content;
      if (file) {
        const form = new FormData();
        form.append('file', file);
        const kept = await upload<{ id: number }>(`/api/playbooks/${entry_id}/files`, form);
        whole = { ...content, pieces: [...(content.pieces ?? []), { name: { 'zh-CN': file.name, 'en-US': file.name }, file_id: kept.id, pages: [] }] };
      }
      return body(client.PUT('/api/playbooks/{entry_id}/draft', { params: { path: { entry_id } }, body: { content: whole, note, revision: entry?.revision ?? revision } }));
    },
    onSettled: forget,
  });
}

/** Publishes or drops what is proposed; puts an entry away or brings it back. */
export function useDecide(id: number) {
  const forget = useForget();
  const params = { path: { entry_id: id } };
  return useMutation({
    mutationFn: async (how: 'publish' | 'drop' | 'archive' | 'restore') => {
      if (how === 'publish') await body(client.POST('/api/playbooks/{entry_id}/publish', { params }));
      else if (how === 'archive') await body(client.POST('/api/playbooks/{entry_id}/archive', { params }));
      else if (how === 'restore') await body(client.POST('/api/playbooks/{entry_id}/restore', { params }));
      else await body(client.DELETE('/api/playbooks/{entry_id}/draft', { params }));
    },
    onSettled: forget,
  });
}

export function usePush(id: number) {
  const forget = useForget();
  return useMutation({
    mutationFn: (push: { people: number[]; unit_id: number | null; note: string }) => body(client.POST('/api/playbooks/{entry_id}/pushes', { params: { path: { entry_id: id } }, body: push })),
    onSuccess: forget,
  });
}

export function useSeePushes() {
  return useMutation({ mutationFn: () => body(client.POST('/api/playbooks/pushes/seen')) });
}

export function useMakePlan() {
  return useMutation({ mutationFn: (asked: { situation: string; record_id: number | null }) => body(client.POST('/api/playbooks/plan', { body: asked })) });
}

type Taken = { record: { type: string; id: number }; steps: { title: string; note: string; due_at: string; entry_ids: number[] }[]; as_tasks: boolean; as_next_date: boolean };

export function useTakePlan() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ record, ...taken }: Taken) => body(client.POST('/api/playbooks/plan/take', { body: { record_id: record.id, ...taken } })),
    onSuccess: (_made, { record }) => {
      for (const each of [keys.tasks, keys.today, key]) void cache.invalidateQueries({ queryKey: each });
      void cache.invalidateQueries({ queryKey: keys.record(record.type, record.id) });
    },
  });
}

export type Saying = { said: string[]; means: string[] };

export function usePlaybookSettings() {
  return useQuery({ queryKey: [...key, 'settings'], queryFn: () => body(client.GET('/api/playbooks/settings')) });
}

export function useChangeSettings() {
  const forget = useForget();
  return useMutation({ mutationFn: (changed: { failures?: number; sayings?: Saying[] }) => body(client.PUT('/api/playbooks/settings', { body: change(changed) })), onSuccess: forget });
}

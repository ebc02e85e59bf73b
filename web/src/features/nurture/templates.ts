import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import type { NurtureItem, NurtureItemBody, NurtureTemplate } from '@/api/types';
import { upload } from '@/api/upload';
import type { Names } from './names';
import type { Channel } from './path/definition';
import type { Definition, Language } from './template/definition';

const all = ['nurture', 'templates'];
const library = ['nurture', 'library'];
const at = (key: string) => ({ params: { path: { key } } });

export function useTemplates() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/nurture/templates')) });
}

export function useTemplate(key: string) {
  return useQuery({ queryKey: [...all, key], enabled: key !== '', queryFn: () => body(client.GET('/api/nurture/templates/{key}', at(key))) });
}

/** How a template reads in one language, filled in with examples. */
export function useTemplatePreview(key: string, definition: Definition | null, language: Language, enabled: boolean) {
  return useQuery({
    queryKey: [...all, key, 'preview', definition, language],
    enabled,
    queryFn: () => body(client.POST('/api/nurture/templates/{key}/preview', { ...at(key), body: { definition, language } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    retry: false,
  });
}

export function useCheckTemplate(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...all, key, 'check', definition],
    queryFn: () => body(client.POST('/api/nurture/templates/{key}/check', { ...at(key), body: { definition } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

function useKeep() {
  const cache = useQueryClient();
  return (template: NurtureTemplate) => {
    cache.setQueryData([...all, template.key], template);
    void cache.invalidateQueries({ queryKey: all, exact: true });
    void cache.invalidateQueries({ queryKey: ['nurture', 'catalogue'] });
  };
}

export function useCreateTemplate() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (wish: { key: string; name: Names; channel: Channel }) => body(client.POST('/api/nurture/templates', { body: wish })),
    onSuccess: keep,
  });
}

export function useSaveTemplate(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (draft: { definition: Definition; revision: number | null }) => body(client.PUT('/api/nurture/templates/{key}/draft', { ...at(key), body: draft })),
    onSuccess: keep,
  });
}

export function usePublishTemplate(key: string) {
  const keep = useKeep();
  return useMutation({ mutationFn: () => body(client.POST('/api/nurture/templates/{key}/publish', at(key))), onSuccess: keep });
}

export function useArchiveTemplate(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (is_archived: boolean) => body(client.POST('/api/nurture/templates/{key}/archive', { ...at(key), body: { is_archived } })),
    onSuccess: keep,
  });
}

/** Sends what is written to oneself. */
export function useTestSend(key: string) {
  return useMutation({
    mutationFn: (wish: { definition: Definition; language: Language }) => body(client.POST('/api/nurture/templates/{key}/test-send', { ...at(key), body: wish })),
  });
}

export type LibraryFilter = { q?: string; kind?: NurtureItem['kind']; tag?: string; with_archived?: boolean };

export function useLibrary(query: LibraryFilter, enabled = true) {
  return useQuery({
    queryKey: [...library, query],
    enabled,
    queryFn: () => body(client.GET('/api/nurture/library', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

function useForgetLibrary() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: library });
  };
}

/** Keeps a new item: a link, or a file with the same facts. */
export function useAddItem() {
  return useMutation({
    mutationFn: ({ item, file }: { item: NurtureItemBody; file: File | null }): Promise<NurtureItem> => {
      if (!file) return body(client.POST('/api/nurture/library', { body: item }));
      const form = new FormData();
      form.set('file', file);
      form.set('title', JSON.stringify(item.title));
      form.set('tags', JSON.stringify(item.tags));
      form.set('kind', item.kind);
      form.set('topic', item.topic);
      form.set('language', item.language);
      return upload<NurtureItem>('/api/nurture/library/files', form);
    },
    onSuccess: useForgetLibrary(),
  });
}

export function useChangeItem(id: number) {
  return useMutation({
    mutationFn: (item: Partial<NurtureItemBody> & { is_archived?: boolean }) =>
      body(client.PATCH('/api/nurture/library/{item_id}', { params: { path: { item_id: id } }, body: change(item) })),
    onSuccess: useForgetLibrary(),
  });
}

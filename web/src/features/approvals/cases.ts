import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Case, FileItem } from '@/api/types';
import { upload } from '@/api/upload';
import { forget } from '@/features/records/queries';

export const boxes = ['todo', 'done', 'mine', 'copied'] as const;
export type Box = (typeof boxes)[number];

const at = (case_id: number) => ({ params: { path: { case_id } } });

/** One box of one's inbox, newest first. */
export function useCases(box: Box, q: string) {
  return useInfiniteQuery({
    queryKey: ['approvals', 'box', box, q],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/approvals', { params: { query: { box, q, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

/** What waits for the reader. */
export function useCaseCount() {
  return useQuery({ queryKey: ['approvals', 'count'], queryFn: () => body(client.GET('/api/approvals/count')), refetchInterval: 60_000 });
}

export function useCase(id: number) {
  return useQuery({ queryKey: ['approvals', 'case', id], queryFn: () => body(client.GET('/api/approvals/{case_id}', at(id))) });
}

/** Every approval about a record, newest first. */
export function useCasesOf(record_type: string, record_id: number) {
  return useQuery({
    queryKey: ['approvals', 'record', record_type, record_id],
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/approvals', { params: { path: { record_type, record_id } } })),
  });
}

export function useSeeCase() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => body(client.POST('/api/approvals/{case_id}/seen', at(id))),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['approvals', 'count'] });
      void cache.invalidateQueries({ queryKey: ['notices'] });
    },
  });
}

/** Everything that one can do with a case, with what it takes. */
export type Doing =
  | { action: 'agree' | 'refuse'; comment: string; form: Record<string, unknown>; files: number[] }
  | { action: 'return'; comment: string; form: Record<string, unknown>; files: number[]; to_node: string | null }
  | { action: 'transfer'; comment: string; files: number[]; to: number }
  | { action: 'add_signer'; comment: string; files: number[]; person: number; place: 'before' | 'after' }
  | { action: 'withdraw' | 'urge' | 'take_over'; comment: string; files: number[] }
  | { action: 'resubmit'; comment: string; form: Record<string, unknown>; files: number[] };

function send(id: number, ask_id: number | null, doing: Doing) {
  const { action: _action, ...rest } = doing;
  void _action;
  switch (doing.action) {
    case 'agree':
    case 'refuse':
      return client.POST(`/api/approvals/{case_id}/${doing.action}`, { ...at(id), body: { ...(rest as Omit<typeof doing, 'action'>), ask_id } });
    case 'return':
      return client.POST('/api/approvals/{case_id}/return', { ...at(id), body: { ...(rest as Omit<typeof doing, 'action'>), ask_id } });
    case 'transfer':
      return client.POST('/api/approvals/{case_id}/transfer', { ...at(id), body: { ...(rest as Omit<typeof doing, 'action'>), ask_id } });
    case 'add_signer':
      return client.POST('/api/approvals/{case_id}/add-signer', { ...at(id), body: { ...(rest as Omit<typeof doing, 'action'>), ask_id } });
    case 'resubmit':
      return client.POST('/api/approvals/{case_id}/resubmit', { ...at(id), body: rest as Omit<typeof doing, 'action'> });
    case 'take_over':
      return client.POST('/api/approvals/{case_id}/take-over', { ...at(id), body: rest as Omit<typeof doing, 'action'> });
    default:
      return client.POST(`/api/approvals/{case_id}/${doing.action}`, { ...at(id), body: rest as Omit<typeof doing, 'action'> });
  }
}

/** Does one thing with a case; what shows it, its record and the badge is asked for again. */
export function useDo(id: number, ask_id: number | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (doing: Doing): Promise<Case> => body(send(id, ask_id, doing) as Promise<{ data?: Case }>),
    onSuccess: (kept) => {
      cache.setQueryData(['approvals', 'case', id], kept);
      if (kept.record) forget(cache, kept.record.type, kept.record.id);
    },
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['approvals'] });
      void cache.invalidateQueries({ queryKey: ['notices'] });
    },
  });
}

/** Agrees to several at once; each is judged by itself. */
export function useAgreeMany() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: { ids: number[]; comment: string }) => body(client.POST('/api/approvals/batch', { body: form })),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['approvals'] });
      void cache.invalidateQueries({ queryKey: ['record'] });
    },
  });
}

/** Sends a document for a case, or for a request that is about to be made (null), to go with what is said next. */
export function useAddFile(id: number | null) {
  return useMutation({
    mutationFn: ({ file, onProgress }: { file: File; onProgress?: (share: number) => void }) => {
      const form = new FormData();
      form.append('file', file);
      return upload<FileItem>(id === null ? '/api/approvals/files' : `/api/approvals/${id}/files`, form, onProgress);
    },
  });
}

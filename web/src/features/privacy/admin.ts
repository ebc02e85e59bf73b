import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { SubjectRequestBody } from '@/api/types';

const answers = ['privacy', 'answers'];
const periods = ['privacy', 'retention'];
const requests = ['privacy', 'requests'];

type Words = { 'zh-CN': string; 'en-US': string };

/** Every purpose with how many people said what. */
export function useAnswers() {
  return useQuery({ queryKey: answers, queryFn: () => body(client.GET('/api/privacy/consents')) });
}

export function usePublish(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (words: { name: Words; text: Words }) => body(client.PUT('/api/privacy/purposes/{key}', { params: { path: { key } }, body: words })),
    onSuccess: (rows) => {
      cache.setQueryData(answers, rows);
      void cache.invalidateQueries({ queryKey: ['privacy', 'purposes'] });
    },
  });
}

/** How long each kind is kept, and how much is past it. */
export function usePeriods() {
  return useQuery({ queryKey: periods, queryFn: () => body(client.GET('/api/privacy/retention')) });
}

/** How much would go if a kind were kept for so many days. */
export function usePast(key: string, days: number | null, isAsked: boolean) {
  return useQuery({
    queryKey: [...periods, key, days],
    enabled: isAsked,
    queryFn: () => body(client.GET('/api/privacy/retention/{key}/preview', { params: { path: { key }, query: { days: days ?? undefined } } })),
  });
}

export function useSetDays(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (days: number | null) => body(client.PUT('/api/privacy/retention/{key}', { params: { path: { key } }, body: { days } })),
    onSuccess: (rows) => {
      cache.setQueryData(periods, rows);
    },
  });
}

/** Who looked at what, newest first. */
export function useLooks(filter: { kind?: string; person?: number }) {
  return useInfiniteQuery({
    queryKey: ['privacy', 'accesses', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/privacy/accesses', { params: { query: { ...filter, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** What is held about one contact. */
export function useHeld(contact: number | null) {
  return useQuery({
    queryKey: ['privacy', 'held', contact],
    enabled: contact !== null,
    queryFn: () => body(client.GET('/api/privacy/contacts/{contact_id}', { params: { path: { contact_id: contact ?? 0 } } })),
  });
}

const isOpen = (state: string) => state === 'waiting' || state === 'running';

/** Exports and erasures, newest first; read again while one is under way. */
export function useRequests() {
  return useInfiniteQuery({
    queryKey: requests,
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/privacy/requests', { params: { query: { cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some((one) => isOpen(one.state))) ? 1500 : false),
  });
}

export function useOpenRequest() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: SubjectRequestBody) => body(client.POST('/api/privacy/requests', { body: wanted })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['privacy', 'held'] });
      void cache.invalidateQueries({ queryKey: requests });
    },
  });
}

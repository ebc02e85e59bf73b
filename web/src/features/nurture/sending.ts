import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NurtureSuppressionBody, NurtureSettingsBody } from '@/api/types';

const settings = ['nurture', 'settings'];
const suppressions = ['nurture', 'suppressions'];
const messages = ['nurture', 'messages'];
const page = { limit: 50 };

export function useSettings() {
  return useQuery({ queryKey: settings, queryFn: () => body(client.GET('/api/nurture/settings')) });
}

export function useChangeSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: NurtureSettingsBody) => body(client.PUT('/api/nurture/settings', { body: wish })),
    onSuccess: (kept) => {
      cache.setQueryData(settings, kept);
    },
  });
}

export type SuppressionFilter = { q?: string; channel?: 'mail' | 'sms' | 'wecom'; with_lifted?: boolean };

export function useSuppressions(filter: SuppressionFilter) {
  return useInfiniteQuery({
    queryKey: [...suppressions, filter],
    queryFn: ({ pageParam }) => body(client.GET('/api/nurture/suppressions', { params: { query: { ...filter, ...page, cursor: pageParam } } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

function useForget(key: string[]) {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: key });
  };
}

export function useAddSuppression() {
  return useMutation({ mutationFn: (wish: NurtureSuppressionBody) => body(client.POST('/api/nurture/suppressions', { body: wish })), onSuccess: useForget(suppressions) });
}

export function useLift() {
  return useMutation({
    mutationFn: ({ id, ...wish }: { id: number; reason: string }) =>
      body(client.POST('/api/nurture/suppressions/{suppression_id}/lift', { params: { path: { suppression_id: id } }, body: wish })),
    onSuccess: useForget(suppressions),
  });
}

export type MessageFilter = {
  path?: string;
  version?: number;
  step?: string;
  template?: string;
  channel?: 'mail' | 'sms' | 'wecom';
  state?: string;
  outcome?: 'sent' | 'opened' | 'clicked';
  reason?: string;
  record_id?: number;
};

export function useMessages(filter: MessageFilter) {
  return useInfiniteQuery({
    queryKey: [...messages, filter],
    queryFn: ({ pageParam }) => body(client.GET('/api/nurture/messages', { params: { query: { ...filter, ...page, cursor: pageParam } as never } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** One message with its text as it was sent. */
export function useMessage(id: number) {
  return useQuery({
    queryKey: [...messages, 'one', id],
    queryFn: () => body(client.GET('/api/nurture/messages/{message_id}', { params: { path: { message_id: id } } })),
  });
}

export function useResend() {
  return useMutation({
    mutationFn: (id: number) => body(client.POST('/api/nurture/messages/{message_id}/resend', { params: { path: { message_id: id } } })),
    onSuccess: useForget(messages),
  });
}

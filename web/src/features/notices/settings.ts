import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Channel, DeliveryState, NoticeSettingsBody } from '@/api/types';

const own = ['notice-settings'];
const channels = ['channels'];
const deliveries = ['deliveries'];

export function useNoticeSettings() {
  return useQuery({ queryKey: own, queryFn: () => body(client.GET('/api/me/notice-settings')) });
}

export function useSaveNoticeSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: NoticeSettingsBody) => body(client.PUT('/api/me/notice-settings', { body: form })),
    onSuccess: (kept) => {
      cache.setQueryData(own, kept);
    },
  });
}

export function useChannels() {
  return useQuery({ queryKey: channels, queryFn: () => body(client.GET('/api/channels')) });
}

/** Switches a channel or sets it up; a secret that is left empty stays as it is. */
export function useSaveChannel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...form }: { key: string; is_on: boolean; settings: Record<string, string | boolean | number | null> }) =>
      body(client.PUT('/api/channels/{key}', { params: { path: { key } }, body: form })),
    onSuccess: (kept) => {
      cache.setQueryData<Channel[]>(channels, (before) => before?.map((one) => (one.key === kept.key ? kept : one)));
    },
  });
}

export function useTryChannel() {
  return useMutation({
    mutationFn: (key: string) => body(client.POST('/api/channels/{key}/test', { params: { path: { key } } })),
  });
}

export function useDeliveries(filter: { state?: DeliveryState; channel?: string }) {
  return useInfiniteQuery({
    queryKey: [...deliveries, filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/deliveries', { params: { query: { ...filter, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

export function useResend() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => body(client.POST('/api/deliveries/{delivery_id}/resend', { params: { path: { delivery_id: id } } })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: deliveries });
      void cache.invalidateQueries({ queryKey: channels });
    },
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';

const keys = ['keys'];

export function useApiKeys() {
  return useQuery({ queryKey: keys, queryFn: () => body(client.GET('/api/keys')) });
}

/** Makes a key; the answer holds its secret, once. */
export function useMakeKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (key: { name: string; expires_at: string | null }) => body(client.POST('/api/keys', { body: key })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys }),
  });
}

export function useRevokeKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => body(client.DELETE('/api/keys/{key_id}', { params: { path: { key_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys }),
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

/** What wants this person's hand today. */
export function useToday() {
  return useQuery({ queryKey: keys.today, queryFn: () => body(client.GET('/api/today')), refetchInterval: 60_000 });
}

/** Says that one has seen where one was mentioned; the list on Today is then empty. */
export function useSeenMentions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST('/api/mentions/seen')),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.today }),
  });
}

import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

/** What wants this person's hand today. */
export function useToday() {
  return useQuery({ queryKey: keys.today, queryFn: () => body(client.GET('/api/today')), refetchInterval: 60_000 });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useRested } from '@/ui/rested';

/** People who may be chosen as owner, mentioned or asked. */
export function usePeople(text: string, enabled = true) {
  const q = useRested(text.trim());
  return useQuery({
    queryKey: ['people', q],
    enabled,
    queryFn: () => body(client.GET('/api/people', { params: { query: { q, limit: 20 } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

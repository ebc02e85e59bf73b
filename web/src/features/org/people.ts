import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useRested } from '@/ui/rested';

/** People who may be chosen as owner, mentioned or asked; with `below` only whom one leads. */
export function usePeople(text: string, enabled = true, below = false) {
  const q = useRested(text.trim());
  return useQuery({
    queryKey: ['people', q, below],
    enabled,
    queryFn: () => body(client.GET('/api/people', { params: { query: { q, limit: 20, below } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** One person by id, also one who has left. */
export function usePerson(id: number | null, enabled = true) {
  return useQuery({
    queryKey: ['people', 'id', id],
    enabled: enabled && id !== null,
    queryFn: () => body(client.GET('/api/people', { params: { query: { ids: [id ?? 0] } } })),
    select: (found) => found[0] ?? null,
    staleTime: 300_000,
  });
}

/** Several people by their ids, also those who have left. */
export function usePeopleNamed(ids: number[]) {
  return useQuery({
    queryKey: ['people', 'ids', ids],
    enabled: ids.length > 0,
    queryFn: () => body(client.GET('/api/people', { params: { query: { ids, limit: 100 } } })),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
}

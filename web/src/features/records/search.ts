import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useRested } from '@/ui/rested';

/** Records whose name or pinyin initials match. */
export function useSearch(text: string, type?: string, limit = 10) {
  const q = useRested(text.trim());
  return useQuery({
    queryKey: ['search', q, type ?? '', limit],
    enabled: q.length > 0,
    queryFn: () => body(client.GET('/api/search', { params: { query: { q, type, limit } } })),
    placeholderData: keepPreviousData,
  });
}

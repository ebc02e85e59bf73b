import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useRested } from '@/ui/rested';

/** Records whose name or pinyin initials match; with the clock of each that presses most, where asked. */
export function useSearch(text: string, type?: string, limit = 10, clocks = false) {
  const q = useRested(text.trim());
  return useQuery({
    queryKey: ['search', q, type ?? '', limit, clocks],
    enabled: q.length > 0,
    queryFn: () => body(client.GET('/api/search', { params: { query: { q, type, limit, clocks } } })),
    placeholderData: keepPreviousData,
  });
}

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { WeeklyList } from '@/api/types';

export type Asked = { since: string; days: number; person?: number; team?: boolean };

/** What is to be done, day by day. */
export function useAgenda(asked: Asked) {
  return useQuery({
    queryKey: ['agenda', asked],
    queryFn: () => body(client.GET('/api/agenda', { params: { query: asked } })),
    placeholderData: keepPreviousData,
  });
}

const weekly = ['agenda', 'weekly'];

/** When the list of the week is sent. */
export function useWeekly() {
  return useQuery({ queryKey: weekly, queryFn: () => body(client.GET('/api/agenda/weekly')) });
}

export function useSetWeekly() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: WeeklyList) => body(client.PUT('/api/agenda/weekly', { body: wanted })),
    onSuccess: (held) => {
      cache.setQueryData(weekly, held);
    },
  });
}

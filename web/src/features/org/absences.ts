import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NewAbsence } from '@/api/types';

export const boxes = ['mine', 'for_others', 'team'] as const;
export type Box = (typeof boxes)[number];
const absences = ['absences'];

/** Absences of oneself, of those one stands in for, or of those one is in charge of. */
export function useAbsences(box: Box) {
  return useInfiniteQuery({
    queryKey: [...absences, box],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/absences', { params: { query: { box, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

export function usePlanAbsence() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (absence: NewAbsence) => body(client.POST('/api/absences', { body: absence })),
    onSuccess: () => cache.invalidateQueries({ queryKey: absences }),
  });
}

export function useCancelAbsence() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => body(client.DELETE('/api/absences/{absence_id}', { params: { path: { absence_id: id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: absences }),
  });
}

/** What a person holds, by kind. */
export function useHoldings(person_id: number) {
  return useQuery({
    queryKey: ['holdings', person_id],
    queryFn: () => body(client.GET('/api/people/{person_id}/holdings', { params: { path: { person_id } } })),
    gcTime: 0,
  });
}

/** Gives what a person holds to others, all of it or nothing. */
export function useHandOver(person_id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: { to: Record<string, number>; deactivate: boolean }) =>
      body(client.POST('/api/people/{person_id}/handover', { params: { path: { person_id } }, body: form })),
    onSuccess: () => cache.invalidateQueries(),
  });
}

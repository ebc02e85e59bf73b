import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { MergeBody } from '@/api/types';

const merges = ['merges'] as const;
const at = (lead_id: number) => ({ params: { path: { lead_id } } });

/** Other leads that may be the same person. */
export function useCandidates(id: number) {
  return useQuery({ queryKey: keys.part('lead', id, 'candidates'), queryFn: () => body(client.GET('/api/leads/{lead_id}/candidates', at(id))) });
}

export function useTouches(id: number) {
  return useQuery({ queryKey: keys.part('lead', id, 'touches'), queryFn: () => body(client.GET('/api/leads/{lead_id}/touches', at(id))) });
}

/** What the lead has that nobody gave, beside what its submissions tell. */
export function useDerived(id: number) {
  return useQuery({ queryKey: keys.part('lead', id, 'derived'), queryFn: () => body(client.GET('/api/leads/{lead_id}/derived', at(id))) });
}

export function useMergesOf(id: number) {
  return useQuery({ queryKey: keys.part('lead', id, 'merges'), queryFn: () => body(client.GET('/api/leads/{lead_id}/merges', at(id))) });
}

export function useMergePreview(id: number, others: number[]) {
  return useQuery({
    queryKey: [...keys.part('lead', id, 'merge-preview'), others],
    enabled: others.length > 0,
    queryFn: () => body(client.GET('/api/leads/{lead_id}/merge-preview', { params: { path: { lead_id: id }, query: { others: others.join(',') } } })),
  });
}

function useMerging<Given, Made>(change: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['record', 'lead'] });
      void cache.invalidateQueries({ queryKey: keys.records('lead') });
      void cache.invalidateQueries({ queryKey: merges });
    },
  });
}

export function useMerge(id: number) {
  return useMerging((ask: MergeBody) => body(client.POST('/api/leads/{lead_id}/merge', { ...at(id), body: ask })));
}

export function useUndoMerge() {
  return useMerging((merge_id: number) => body(client.POST('/api/leads/merges/{merge_id}/undo', { params: { path: { merge_id } } })));
}

/** Merges with what looks doubtful about them, a page at a time. */
export function useMerges(doubtful: boolean) {
  return useInfiniteQuery({
    queryKey: [...merges, doubtful],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(client.GET('/api/leads/merges', { params: { query: { doubtful, cursor: pageParam } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

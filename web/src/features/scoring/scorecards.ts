import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { LearnedChange, LearnedSettings, Scorecard } from '@/api/types';
import type { Definition } from './definition';

const all = ['scorecards'];
const at = (key: string) => ({ params: { path: { key } } });

export function useScorecards() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/scorecards')) });
}

export function useScorecard(key: string) {
  return useQuery({ queryKey: [...all, key], queryFn: () => body(client.GET('/api/scorecards/{key}', at(key))) });
}

/** Facts, kinds of behaviour and stages that rules may name. */
export function useScorecardCatalogue(key: string, enabled: boolean) {
  return useQuery({
    queryKey: [...all, key, 'catalogue'],
    enabled,
    queryFn: () => body(client.GET('/api/scorecards/{key}/catalogue', at(key))),
    staleTime: 300_000,
  });
}

/** What a scorecard says in words, or what is wrong with it. */
export function useCheckScorecard(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...all, key, 'check', definition],
    queryFn: () => body(client.POST('/api/scorecards/{key}/check', { ...at(key), body: { definition } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

function useKeep() {
  const cache = useQueryClient();
  return (card: Scorecard) => {
    cache.setQueryData([...all, card.key], card);
    void cache.invalidateQueries({ queryKey: all, exact: true });
  };
}

export function useSaveScorecard(key: string) {
  return useMutation({
    mutationFn: (definition: Definition) => body(client.PUT('/api/scorecards/{key}/draft', { ...at(key), body: { definition } })),
    onSuccess: useKeep(),
  });
}

export function useDropScorecard(key: string) {
  return useMutation({ mutationFn: () => body(client.DELETE('/api/scorecards/{key}/draft', at(key))), onSuccess: useKeep() });
}

export function usePublishScorecard(key: string) {
  return useMutation({ mutationFn: () => body(client.POST('/api/scorecards/{key}/publish', at(key))), onSuccess: useKeep() });
}

/** Who would move from which grade to which, were this scorecard published. */
export function usePreview(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...all, key, 'preview', definition],
    queryFn: () => body(client.POST('/api/scorecards/{key}/preview', { ...at(key), body: { definition } })),
    gcTime: 0,
  });
}

export function useLearned(key: string) {
  return useQuery({ queryKey: [...all, key, 'learned'], queryFn: () => body(client.GET('/api/scorecards/{key}/learned', at(key))) });
}

function useKeepLearned(key: string) {
  const cache = useQueryClient();
  return (settings: LearnedSettings) => {
    cache.setQueryData([...all, key, 'learned'], settings);
  };
}

export function useChangeLearned(key: string) {
  return useMutation({
    mutationFn: (change: LearnedChange) => body(client.PATCH('/api/scorecards/{key}/learned', { ...at(key), body: change })),
    onSuccess: useKeepLearned(key),
  });
}

export function useTrain(key: string) {
  return useMutation({ mutationFn: () => body(client.POST('/api/scorecards/{key}/learned/train', at(key))), onSuccess: useKeepLearned(key) });
}

/** A record's score with its reasons. */
export function useScore(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'score'),
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/score', { params: { path: { record_type: type, record_id: id } } })),
  });
}

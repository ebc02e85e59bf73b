import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NewRoutingSet, Receiver, RoutingGroup, RoutingGroupBody, RoutingSet } from '@/api/types';
import { sent, type Definition } from './definition';

const all = ['routing'];
const sets = [...all, 'sets'];
const groups = [...all, 'groups'];
const at = (key: string) => ({ params: { path: { key } } });

export function useRoutingSets() {
  return useQuery({ queryKey: sets, queryFn: () => body(client.GET('/api/routing/sets')) });
}

export function useRoutingSet(key: string) {
  return useQuery({ queryKey: [...sets, key], queryFn: () => body(client.GET('/api/routing/sets/{key}', at(key))) });
}

export function useRoutingVersion(key: string, number: number) {
  return useQuery({
    queryKey: [...sets, key, 'version', number],
    queryFn: () => body(client.GET('/api/routing/sets/{key}/versions/{number}', { params: { path: { key, number } } })),
    staleTime: Infinity,
  });
}

/** What may stand in rules for a record type: facts, groups, skills, grades. */
export function useRoutingCatalogue(record_type: string) {
  return useQuery({
    queryKey: [...all, 'catalogue', record_type],
    queryFn: () => body(client.GET('/api/routing/catalogue', { params: { query: { record_type } } })),
  });
}

/** What a definition says, branch by branch, or what is wrong with it and where. */
export function useCheckRouting(key: string, definition: Definition) {
  return useQuery({
    queryKey: [...sets, key, 'check', definition],
    queryFn: () => body(client.POST('/api/routing/sets/{key}/check', { ...at(key), body: { definition: sent(definition) } })),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
}

/** Where the last records would go by a definition, beside what is published. */
export function useTryRouting(key: string, definition: Definition, last: number, standing: 'now' | 'free') {
  return useQuery({
    queryKey: [...sets, key, 'test', definition, last, standing],
    queryFn: () => body(client.POST('/api/routing/sets/{key}/test', { ...at(key), body: { definition: sent(definition), last, standing } })),
    gcTime: 0,
    retry: false,
  });
}

function useKeepSet() {
  const cache = useQueryClient();
  return (set: RoutingSet) => {
    cache.setQueryData([...sets, set.key], set);
    void cache.invalidateQueries({ queryKey: sets, exact: true });
  };
}

export function useCreateSet() {
  return useMutation({ mutationFn: (wish: NewRoutingSet) => body(client.POST('/api/routing/sets', { body: wish })), onSuccess: useKeepSet() });
}

export function useSaveSet(key: string) {
  return useMutation({
    mutationFn: (definition: Definition) => body(client.PUT('/api/routing/sets/{key}/draft', { ...at(key), body: { definition: sent(definition) } })),
    onSuccess: useKeepSet(),
  });
}

export function usePublishSet(key: string) {
  return useMutation({ mutationFn: () => body(client.POST('/api/routing/sets/{key}/publish', at(key))), onSuccess: useKeepSet() });
}

export function useSwitchSet(key: string) {
  return useMutation({
    mutationFn: (is_active: boolean) => body(client.POST('/api/routing/sets/{key}/switch', { ...at(key), body: { is_active } })),
    onSuccess: useKeepSet(),
  });
}

/** The groups with their members as they stand now. */
export function useRoutingGroups() {
  return useQuery({ queryKey: groups, queryFn: () => body(client.GET('/api/routing/groups')) });
}

function useForgetGroups() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: groups });
    void cache.invalidateQueries({ queryKey: [...all, 'catalogue'] });
  };
}

/** Writes a group whole; a new one where nobody has its key. */
export function useWriteGroup() {
  return useMutation({
    mutationFn: ({ key, isNew, group }: { key: string; isNew: boolean; group: RoutingGroupBody }): Promise<RoutingGroup> =>
      isNew ? body(client.POST('/api/routing/groups', { body: { ...group, key } })) : body(client.PUT('/api/routing/groups/{key}', { ...at(key), body: group })),
    onSuccess: useForgetGroups(),
  });
}

export function useRemoveGroup() {
  return useMutation({ mutationFn: (key: string) => body(client.DELETE('/api/routing/groups/{key}', at(key))), onSuccess: useForgetGroups() });
}

export function useChangeReceiver() {
  return useMutation({
    mutationFn: ({ person, change }: { person: number; change: Receiver }) =>
      body(client.PUT('/api/routing/receivers/{person_id}', { params: { path: { person_id: person } }, body: change })),
    onSuccess: useForgetGroups(),
  });
}

/** Provinces, or divisions by a text; those named by code are always among them. */
export function useDivisions(q: string, codes: string[]) {
  const found = useQuery({
    queryKey: [...all, 'divisions', q],
    queryFn: () => body(client.GET('/api/routing/divisions', { params: { query: { q } } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const named = useQuery({
    queryKey: [...all, 'divisions', 'named', codes],
    enabled: codes.length > 0,
    queryFn: () => body(client.GET('/api/routing/divisions', { params: { query: { codes: codes.join(',') } } })),
    staleTime: Infinity,
  });
  const known = named.data ?? [];
  return [...known, ...(found.data ?? []).filter((one) => !known.some((other) => other.code === one.code))];
}

/** Every decision about a record, the newest first. */
export function useDecisions(record_type: string, record_id: number) {
  return useQuery({
    queryKey: [...all, 'of', record_type, record_id],
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/routing', { params: { path: { record_type, record_id } } })),
  });
}

/** One figure of the report: of a person, of a group or reason, or of all. */
export type Cell = { figure: string; person?: number; detail?: string };

/** The leads that a figure counts, newest first. */
export function useFigureLeads(cell: Cell, period: { since: string; until: string }) {
  return useInfiniteQuery({
    queryKey: [...all, 'report', 'leads', cell, period],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/routing/report/leads', { params: { query: { ...cell, ...period, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** Who was given how much in a period. */
export function useFairness(since: string, until: string) {
  return useQuery({
    queryKey: [...all, 'report', since, until],
    queryFn: () => body(client.GET('/api/routing/report', { params: { query: { since, until } } })),
    placeholderData: keepPreviousData,
  });
}

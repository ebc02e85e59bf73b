import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Span } from '@/features/metrics/periods';

/** Where a panel stands, and of which unit it is read. */
export type At = { board: string; place: number; unit: number | null };
export type StageKey = { stage: string; kind: 'missing' | 'refused' | 'lost'; key: string };
export type BlockerKey = { kind: 'missing' | 'refused'; key: string };

const all = ['metrics', 'panels'];
const path = ({ board, place }: At) => ({ key: board, place });
const query = ({ unit }: At) => (unit === null ? {} : { unit });

export function useCoverage(at: At) {
  return useQuery({
    queryKey: [...all, 'coverage', at],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/coverage', { params: { path: path(at), query: query(at) } })),
    refetchInterval: 60_000,
  });
}

/** The customers of a tile who wait; of all tiles without a region. */
export function useUncovered(at: At, region: number) {
  return useQuery({
    queryKey: [...all, 'uncovered', at, region],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/coverage/customers', { params: { path: path(at), query: { ...query(at), region } } })),
  });
}

export function usePanelList(at: At) {
  return useQuery({
    queryKey: [...all, 'list', at],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/list', { params: { path: path(at), query: query(at) } })),
    refetchInterval: 60_000,
  });
}

export function useBlockers(at: At, span: Span) {
  return useQuery({
    queryKey: [...all, 'blockers', at, span],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/blockers', { params: { path: path(at), query: { ...query(at), ...span } } })),
  });
}

export function useStopped(at: At, span: Span, what: BlockerKey) {
  return useQuery({
    queryKey: [...all, 'stopped', at, span, what],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/blockers/records', { params: { path: path(at), query: { ...query(at), ...span, ...what } } })),
  });
}

export function useStageTable(at: At, span: Span) {
  return useQuery({
    queryKey: [...all, 'stages', at, span],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/stages', { params: { path: path(at), query: { ...query(at), ...span } } })),
    refetchInterval: (found) => (found.state.data?.as_of === null ? 5_000 : false),
  });
}

export function useStageRecords(at: At, span: Span, what: StageKey) {
  return useQuery({
    queryKey: [...all, 'stage records', at, span, what],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/stages/records', { params: { path: path(at), query: { ...query(at), ...span, ...what } } })),
  });
}

export function useRanking(at: At) {
  return useQuery({
    queryKey: [...all, 'ranking', at.board, at.place],
    queryFn: () => body(client.GET('/api/boards/{key}/panels/{place}/ranking', { params: { path: path(at) } })),
    refetchInterval: 60_000,
  });
}

export function useBattleMap(unit: number | null) {
  return useQuery({
    queryKey: [...all, 'battle', unit],
    queryFn: () => body(client.GET('/api/boards/battle-map', { params: { query: unit === null ? {} : { unit } } })),
    refetchInterval: 60_000,
  });
}

export function useBattleDeals(where: { unit?: number; region: number; stage: string }) {
  return useQuery({
    queryKey: [...all, 'battle deals', where],
    queryFn: () => body(client.GET('/api/boards/battle-map/deals', { params: { query: where } })),
  });
}

export function useHappened() {
  return useQuery({
    queryKey: [...all, 'happened'],
    queryFn: () => body(client.GET('/api/boards/happened')),
    refetchInterval: 60_000,
  });
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BattleCell, BattleMap, BoardList } from '@/api/types';

export type RankingAt = { board: string; place: number; name: Record<string, string> };
export type Row = { id: number | null; name: string; cells: Map<string, BattleCell> };
const mostRows = 7;
const watched: readonly unknown[] = ['metrics', 'clocks'];

/** The rankings of all boards, in their order. */
export function placesOf(boards: BoardList | undefined): RankingAt[] {
  return (boards?.items ?? []).flatMap((board) => board.panels.flatMap((panel, place) => (panel.chart === 'ranking' ? [{ board: board.key, place, name: panel.name }] : [])));
}

function added(one: BattleCell | undefined, other: BattleCell): BattleCell {
  if (!one) return { ...other, unit: 0 };
  const amount = one.amount === null || other.amount === null ? null : String(Number(one.amount) + Number(other.amount));
  return { ...one, count: one.count + other.count, red: one.red + other.red, amount };
}

/** The units with most open deals, each a row; the rest together in the last. */
export function rowsOf(map: BattleMap): Row[] {
  const held = (unit: number) => map.cells.filter((cell) => cell.unit === unit);
  const total = (unit: number) => held(unit).reduce((sum, cell) => sum + cell.count, 0);
  const ordered = [...map.units].sort((one, other) => total(other.id) - total(one.id));
  const fits = ordered.length <= mostRows ? ordered : ordered.slice(0, mostRows - 1);
  const rows: Row[] = fits.map((unit) => ({ id: unit.id, name: unit.name, cells: new Map(held(unit.id).map((cell) => [cell.stage, cell])) }));
  const rest = ordered.slice(fits.length);
  if (rest.length > 0) {
    const cells = new Map<string, BattleCell>();
    for (const cell of rest.flatMap((unit) => held(unit.id))) cells.set(cell.stage, added(cells.get(cell.stage), cell));
    rows.push({ id: null, name: String(rest.length), cells });
  }
  return rows;
}

/** Asks for the figures again every minute, whether or not anybody says that they changed. */
export function useRefreshing(): void {
  const cache = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: ['metrics', 'figures'] }), 60_000);
    return () => {
      clearInterval(timer);
    };
  }, [cache]);
}

/** When an answer last came, and whether the latest question of any kind failed. */
export function useFreshness(): { at: number | null; failed: boolean } {
  const cache = useQueryClient().getQueryCache();
  const [state, setState] = useState<{ at: number | null; failed: boolean }>({ at: null, failed: false });
  useEffect(() => {
    const read = () => {
      const own = cache.getAll().filter((query) => query.isActive() && watched.includes(query.queryKey[0]));
      const at = Math.max(0, ...own.map((query) => query.state.dataUpdatedAt)) || null;
      const failed = own.some((query) => query.state.status === 'error' || query.state.fetchFailureCount > 0 || query.state.fetchStatus === 'paused');
      setState((before) => (before.at === at && before.failed === failed ? before : { at, failed }));
    };
    const timer = setInterval(read, 2_000);
    read();
    return () => {
      clearInterval(timer);
    };
  }, [cache]);
  return state;
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type Grid = Schemas['TargetGrid'];
export type Row = Schemas['TargetRow'];
export type Cell = Schemas['TargetCell'];
export type Wish = Schemas['TargetWish'];
/** What was typed, by row and month; an empty text takes the target back. */
export type Drafts = Readonly<Record<string, string>>;

/** The targets of a year: of a unit, of those right below it and of its people; of what is won where no metric is named. */
export function useTargets(year: number | undefined, unit: number | undefined, metric = '') {
  return useQuery({
    queryKey: ['metrics', 'targets', year, unit, metric],
    queryFn: () => body(client.GET('/api/targets', { params: { query: { year, unit, metric } } })),
    placeholderData: (before) => (before?.metric === metric ? before : undefined),
  });
}

/** Whose results of which days. */
export type Came = { title: string; since: string; until: string; unit: number; person?: number };

/** The deals behind what was won, those that brought most first. */
export function useTargetDeals({ since, until, unit, person }: Came) {
  return useInfiniteQuery({
    queryKey: ['metrics', 'targets', 'deals', since, until, unit, person],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => body(client.GET('/api/targets/deals', { params: { query: { since, until, unit, person, offset: pageParam } } })),
    getNextPageParam: (last) => last.next_offset ?? undefined,
  });
}

/** The first and the last day of some months of a row. */
export function daysOf(cells: readonly Cell[]): { since: string; until: string } {
  const first = cells[0]?.month ?? '';
  const last = new Date(`${cells.at(-1)?.month ?? ''}T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { since: first, until: last.toISOString().slice(0, 10) };
}

/** The rows that have a target or a result in a month, each with its cell. */
export function inMonth({ rows }: Pick<Grid, 'rows'>, month: string): { row: Row; cell: Cell }[] {
  return rows.flatMap((row) => {
    const cell = row.cells.find((each) => each.month.startsWith(month));
    return cell && (cell.target !== null || Number(cell.came) > 0) ? [{ row, cell }] : [];
  });
}

/** The rows that have a target or a result in any month, and the one above them: offices that sell nothing say nothing. */
export function inUse(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.is_base || row.cells.some((cell) => cell.target !== null || Number(cell.came) > 0));
}

/** Whether a month's target was reached, or will be at this pace. */
export function levelOf({ target, done, pace, is_over }: Cell): 'good' | 'bad' | 'none' {
  const share = is_over ? done : pace;
  if (target === null || share === null) return 'none';
  return share >= 1 ? 'good' : 'bad';
}

/** Set targets, all or none. */
export function useSetTargets() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (cells: Wish[]) => body(client.PUT('/api/targets', { body: { cells } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['metrics'] }),
  });
}

/** The versions that a refused change was made of, by row and month. */
export type Sent = Readonly<Record<string, number | null>>;

export function sentOf(wishes: readonly Wish[]): Sent {
  return Object.fromEntries(wishes.map((wish) => [`${String(wish.unit)}.${String(wish.person ?? 0)}.${wish.month}`, wish.version ?? null]));
}

/** Whether somebody else changed a cell that was to be changed. */
export function isCrossed(row: Row, cell: Cell, sent: Sent): boolean {
  const version = sent[keyOf(row, cell)];
  return version !== undefined && version !== cell.version;
}

/** The name of a row in the drafts. */
export function keyOf(row: Row, cell: Cell): string {
  return `${String(row.unit.id)}.${String(row.person?.id ?? 0)}.${cell.month}`;
}

/** An amount as somebody types it: with separators or in 万; null where it is none. */
export function amountOf(text: string): string | null {
  const plain = text.replace(/[\s,，¥￥]/g, '');
  const found = /^(\d+(?:\.\d{1,6})?)(万)?$/.exec(plain);
  if (!found) return null;
  const value = Number(found[1]) * (found[2] ? 10_000 : 1);
  return value > 0 && value < 1e15 ? value.toFixed(2) : null;
}

const parts = 3;

/** A quarter's target over its months, as evenly as whole numbers (or cents) go; empty where it is taken back, null where it is no amount. */
export function spread(text: string, isCount: boolean): string[] | null {
  if (text.trim() === '') return Array<string>(parts).fill('');
  const amount = amountOf(text);
  if (amount === null) return null;
  const unit = isCount ? 1 : 100;
  const whole = Math.round(Number(amount) * unit);
  return Array.from({ length: parts }, (_, place) => {
    const share = Math.floor(whole / parts) + (place < whole % parts ? 1 : 0);
    return share === 0 ? '' : String(share / unit);
  });
}

/** What the months of a quarter come to as they are typed or set; empty where one of them has none. */
export function quarterOf(row: Row, quarter: number, drafts: Drafts): string {
  let sum = 0;
  for (const cell of row.cells.slice(parts * quarter, parts * (quarter + 1))) {
    const draft = drafts[keyOf(row, cell)];
    const amount = draft === undefined ? cell.target : amountOf(draft);
    if (amount === null) return '';
    sum += Number(amount);
  }
  return String(Math.round(sum * 100) / 100);
}

/** A block copied from a spreadsheet, laid over the rows and months from a cell on. */
export function pasted(text: string, rows: readonly Row[], from: { row: number; month: number }): Record<string, string> {
  const drafts: Record<string, string> = {};
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n');
  lines.forEach((line, down) => {
    line.split('\t').forEach((value, right) => {
      const row = rows[from.row + down];
      const cell = row?.cells[from.month + right];
      if (row?.can_set && cell) drafts[keyOf(row, cell)] = value.trim();
    });
  });
  return drafts;
}

/** What differs from what is set; null where something typed is no amount. */
export function wishesOf(rows: readonly Row[], drafts: Drafts, metric = ''): Wish[] | null {
  const wishes: Wish[] = [];
  for (const row of rows) {
    for (const cell of row.cells) {
      const text = drafts[keyOf(row, cell)];
      if (text === undefined) continue;
      const amount = text === '' ? null : amountOf(text);
      if (text !== '' && amount === null) return null;
      if ((amount === null ? null : Number(amount)) === (cell.target === null ? null : Number(cell.target))) continue;
      wishes.push({ unit: row.unit.id, person: row.person?.id ?? null, month: cell.month, amount, version: cell.version, metric });
    }
  }
  return wishes;
}

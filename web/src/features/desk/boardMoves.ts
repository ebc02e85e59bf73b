import type { ProblemError } from '@/api/problem';
import type { BoardColumn, RecordItem, TypeMeta } from '@/api/types';
import { isConversion } from '@/features/leads/convert';

export type PendingMove = { record: RecordItem; from: string; to: string };

/** The board as it looks while one card waits for the server's answer; sums stay the server's. */
export function withPending(columns: BoardColumn[], pending: PendingMove | null): BoardColumn[] {
  if (!pending) return columns;
  return columns.map((column) => {
    const others = column.items.filter((item) => item.id !== pending.record.id);
    if (column.stage === pending.to) {
      return { ...column, items: [pending.record, ...others], count: column.count + (others.length === column.items.length ? 1 : 0) };
    }
    if (others.length === column.items.length) return column;
    return { ...column, items: others, count: column.count - 1 };
  });
}

/** Whether a refused drag goes on in a sheet: what is missing can be supplied there, or the lead converted. */
export function opensSheet(problem: ProblemError, type: TypeMeta, to: string): boolean {
  if (problem.status === 423) return true;
  return isConversion(type, to) ? problem.problem.code === 'conversion_needed' : problem.status === 422;
}

/** The two stages of a card that somebody else moved meanwhile, or null where that is not what happened. */
export function stageConflict(problem: ProblemError | null): { yours: string; theirs: string } | null {
  const found = problem?.status === 412 ? problem.conflict.find((one) => one.field === 'stage') : undefined;
  return found ? { yours: String(found.yours), theirs: String(found.theirs) } : null;
}

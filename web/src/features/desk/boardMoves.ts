import type { BoardColumn, RecordItem } from '@/api/types';

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

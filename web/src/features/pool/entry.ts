import type { FieldMeta, PoolEntry, PoolRow, RecordItem, TypeMeta } from '@/api/types';

/** A pool's field as the record's type describes it; one that the type does not tell is plain text. */
export function fieldsOf(pool: PoolRow, type: TypeMeta | undefined): FieldMeta[] {
  return pool.fields.map((field) => type?.fields.find((one) => one.key === field.key)).filter((field) => field !== undefined);
}

/** An entry as far as a value of it is drawn like a record's. */
export function asRecord(entry: PoolEntry): RecordItem {
  return { values: entry.values, labels: {}, masked: entry.masked } as unknown as RecordItem;
}

/** Why one cannot claim now, as a key of the texts; null where one can. */
export function hindrance(pool: PoolRow, entry: PoolEntry): 'notClaimant' | 'noClaims' | 'handsFull' | 'locked' | null {
  if (!pool.my.may_claim) return 'notClaimant';
  if (entry.locked_until) return 'locked';
  if (pool.my.left_today === 0) return 'noClaims';
  if (pool.my.most_held !== null && pool.my.most_held !== undefined && pool.my.held >= pool.my.most_held) return 'handsFull';
  return null;
}

import type { RecordItem, StageMeta } from '@/api/types';

export type Age = 'fresh' | 'late' | 'stale' | 'none';

/** How old a record is in its stage: late beyond the expected days, stale beyond twice as many. */
export function ageOf(record: Pick<RecordItem, 'days_in_stage'>, stage: StageMeta | undefined): Age {
  const expected = stage?.expected_days;
  const days = record.days_in_stage;
  if (!expected || days === null || stage.kind !== 'open') return 'none';
  if (days > expected * 2) return 'stale';
  return days > expected ? 'late' : 'fresh';
}

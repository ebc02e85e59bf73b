import type { MissingItem } from '@/api/types';

/** Items seen before keep their place, so that a list does not jump while it is worked off. */
export function mergeItems(before: MissingItem[], now: MissingItem[]): MissingItem[] {
  const latest = new Map(now.map((item) => [item.item, item]));
  const known = new Set(before.map((item) => item.item));
  return [...before.map((item) => latest.get(item.item) ?? item), ...now.filter((item) => !known.has(item.item))];
}

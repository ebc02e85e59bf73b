import type { Scorecard } from '@/api/types';
import type { RuleGroup } from '@/features/fields/conditions';

export type Names = { 'zh-CN': string; 'en-US': string };
export type FactRule = { key: string; name: Names; when: RuleGroup; points: number };
export type Repeat = 'each' | 'once' | { at_most: number; per: 'day' | 'week' | 'month' | 'ever' };
export type BehaviourRule = {
  key: string;
  name: Names;
  kind: string;
  points: number;
  where?: Record<string, unknown>;
  half_life_days?: number | null;
  cap?: number | null;
  repeat?: Repeat;
  within_days?: number | null;
};
export type Grade = { key: string; name: Names; when: RuleGroup };
export type Definition = {
  key: string;
  name: Names;
  about: string;
  floor: number;
  ceiling: number;
  facts: FactRule[];
  behaviour: BehaviourRule[];
  grades: Grade[];
};
export type Part = 'facts' | 'behaviour' | 'grades';

export const periods = ['day', 'week', 'month', 'ever'] as const;
export const tests = ['is', 'not', 'at_least', 'at_most', 'begins'] as const;
export type Test = (typeof tests)[number];
export type FilterRow = { key: string; test: Test; value: string };

/** What is being written: the draft, else what counts now. */
export function definitionOf(card: Scorecard): Definition {
  const given = (card.draft ?? card.current ?? {}) as Partial<Definition>;
  return {
    floor: 0,
    ceiling: 100,
    ...given,
    key: card.key,
    about: card.about,
    name: (given.name ?? card.name) as Names,
    facts: given.facts ?? [],
    behaviour: given.behaviour ?? [],
    grades: given.grades ?? [],
  };
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A key that nothing in the scorecard has yet. */
export function freshKey(definition: Definition, part: Part): string {
  const taken = new Set([...definition.facts, ...definition.behaviour, ...definition.grades].map((one) => one.key));
  const stem = part === 'grades' ? 'grade' : 'rule';
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** A name in both languages; what was left blank says the same as the other. */
export function completed(name: Names): Names {
  return { 'zh-CN': name['zh-CN'].trim() || name['en-US'].trim(), 'en-US': name['en-US'].trim() || name['zh-CN'].trim() };
}

/** A list with one entry changed, added at its end (place is its length), or taken out (null). */
export function replaced<T>(list: T[], place: number, entry: T | null): T[] {
  if (entry === null) return list.filter((_one, index) => index !== place);
  return place >= list.length ? [...list, entry] : list.map((one, index) => (index === place ? entry : one));
}

/** A list with one entry moved up by one place. */
export function raised<T>(list: T[], place: number): T[] {
  const next = [...list];
  const [moved] = next.splice(place, 1);
  if (moved !== undefined) next.splice(Math.max(0, place - 1), 0, moved);
  return next;
}

/** The filters of a behaviour rule as rows of a form. */
export function rowsOf(where: Record<string, unknown> | undefined): FilterRow[] {
  return Object.entries(where ?? {}).flatMap(([key, given]) => {
    if (given === null || typeof given !== 'object' || Array.isArray(given)) return [{ key, test: 'is' as const, value: textOf(given) }];
    return tests.flatMap((test) => {
      const value = (given as Record<string, unknown>)[test];
      return value === undefined ? [] : [{ key, test, value: textOf(value) }];
    });
  });
}

/** Rows of a form as the filters of a behaviour rule; rows without a value say nothing. */
export function whereOf(rows: FilterRow[]): Record<string, unknown> | undefined {
  const where: Record<string, unknown> = {};
  for (const { key, test, value } of rows.filter((row) => row.key && row.value.trim())) {
    if (test === 'is') where[key] = listOf(value);
    else {
      const before = where[key];
      const kept = before !== null && typeof before === 'object' && !Array.isArray(before) ? before : {};
      where[key] = { ...kept, [test]: test === 'not' ? listOf(value) : test === 'begins' ? value.trim() : Number(value) };
    }
  }
  return Object.keys(where).length > 0 ? where : undefined;
}

function textOf(value: unknown): string {
  return (Array.isArray(value) ? value : [value]).map(String).join(', ');
}

function listOf(text: string): string | string[] {
  const listed = text
    .split(/[,，]/)
    .map((one) => one.trim())
    .filter(Boolean);
  return listed.length === 1 ? (listed[0] ?? '') : listed;
}

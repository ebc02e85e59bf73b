import type { Name, PoolSettings } from '@/api/types';
import { ruleCount, stripped, type RuleGroup } from '@/features/fields/conditions';

export type When = 'quiet' | 'untouched' | 'stuck';
export type Recycle = { key: string; when: When; days?: number; times?: number; policy?: string; stages?: string[] };

/** A pool's rules as the server keeps them. */
export type Rules = {
  claim: { per_day?: number | null; held?: number | null; roles?: string[]; units?: number[] };
  protected_days: number;
  locked_days: number;
  release: { reasons: { key: string; name: Name }[]; needs_note: boolean };
  shows: string[];
  masks: string[];
  recycle: Recycle[];
  spares: { waiting: boolean; open: string[]; when: RuleGroup | null };
  notice: { days: number; to: string[] };
};

const blank: Rules = {
  claim: {},
  protected_days: 0,
  locked_days: 0,
  release: { reasons: [], needs_note: false },
  shows: [],
  masks: [],
  recycle: [],
  spares: { waiting: true, open: [], when: null },
  notice: { days: 0, to: ['owner'] },
};

/** What the editor begins with: the draft, else what is published; parts that are not said are blank. */
export function rulesOf(pool: PoolSettings): Rules {
  const given = (pool.draft ?? pool.current ?? {}) as Partial<Rules>;
  return {
    ...blank,
    ...given,
    release: { ...blank.release, ...given.release },
    spares: { ...blank.spares, ...given.spares },
    notice: { ...blank.notice, ...given.notice },
  };
}

/** What is sent: the condition without the builder's own marks and lines that say nothing yet. */
export function sent(rules: Rules): Rules {
  const when = rules.spares.when && stripped(rules.spares.when);
  return { ...rules, spares: { ...rules.spares, when: ruleCount(when) > 0 ? when : null } };
}

/** A key that none of the others has. */
export function freshKey(stem: string, taken: string[]): string {
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.includes(key)) return key;
  }
}

/** A recycle rule of another kind, with the number that it needs. */
export function asKind(rule: Recycle, when: When, policy: string | undefined): Recycle {
  const { key, stages } = rule;
  if (when === 'untouched') return { key, when, times: rule.times ?? 2, policy: policy ?? '', ...(stages ? { stages } : {}) };
  return { key, when, days: rule.days ?? 30, ...(stages ? { stages } : {}) };
}

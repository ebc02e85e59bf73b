import { describe, expect, it } from 'vitest';
import type { PoolSettings } from '@/api/types';
import { asKind, freshKey, rulesOf, sent } from './definition';

const pool = (draft: unknown, current: unknown) => ({ draft, current }) as PoolSettings;

describe('the rules that an editor begins with', () => {
  it('takes the draft before what is published', () => {
    expect(rulesOf(pool({ locked_days: 3 }, { locked_days: 9 })).locked_days).toBe(3);
    expect(rulesOf(pool(null, { locked_days: 9 })).locked_days).toBe(9);
  });

  it('fills in what is not said', () => {
    expect(rulesOf(pool({ spares: { open: ['deal'] } }, null)).spares).toEqual({ waiting: true, open: ['deal'], when: null });
  });
});

it('sends no condition that says nothing', () => {
  const rules = rulesOf(pool({ spares: { when: { combinator: 'and', rules: [{ field: 'stage', operator: '=', value: '' }] } } }, null));
  expect(sent(rules).spares.when).toBeNull();
});

it('gives a key that nobody has', () => {
  expect(freshKey('quiet', ['quiet', 'quiet_2'])).toBe('quiet_3');
});

it('turns a rule into another kind and keeps its stages', () => {
  expect(asKind({ key: 'a', when: 'quiet', days: 9, stages: ['new'] }, 'untouched', 'first_touch')).toEqual({
    key: 'a',
    when: 'untouched',
    times: 2,
    policy: 'first_touch',
    stages: ['new'],
  });
  expect(asKind({ key: 'a', when: 'untouched', times: 2 }, 'stuck', undefined)).toEqual({ key: 'a', when: 'stuck', days: 30 });
});

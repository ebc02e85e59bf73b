import { expect, it } from 'vitest';
import type { Policy } from '@/api/types';
import { asCount, definitionOf, freeKey, isSame, newStep, put, withCount } from './definition';

it('writes on with the draft, else with what holds', () => {
  const policy = { key: 'first_touch', about: 'lead', name: { 'zh-CN': '首触' }, current: { target: { hours: 2 } }, draft: null } as unknown as Policy;
  expect(definitionOf(policy)).toEqual({ key: 'first_touch', about: 'lead', name: { 'zh-CN': '首触' }, target: { hours: 2 } });
  expect(definitionOf({ ...policy, draft: { target: { hours: 1 } } }).target).toEqual({ hours: 1 });
});

it('shows a duration as one number', () => {
  expect(asCount({ hours: 4 })).toEqual({ count: 4, unit: 'hours' });
  expect(asCount({ days: 1, hours: 2 })).toEqual({ count: 26, unit: 'hours' });
  expect(asCount({ hours: 1, minutes: 30 })).toEqual({ count: 90, unit: 'minutes' });
  expect(asCount({ days: 0 })).toEqual({ count: 0, unit: 'days' });
  expect(asCount(undefined)).toEqual({ count: 0, unit: 'hours' });
});

it('keeps whose time a target counts', () => {
  expect(withCount({ hours: 2, time: 'working' as const }, 3, 'days')).toEqual({ days: 3, time: 'working' });
});

it('gives steps keys of their own', () => {
  expect(freeKey(['step_1', 'step_2'], 'step')).toBe('step_3');
  expect(freeKey(['escalate', 'step_2'], 'step')).toBe('step_3');
  expect(newStep([]).key).toBe('step_1');
});

it('takes away what holds nothing', () => {
  const step = { key: 'a', to: ['owner'], red: true };
  expect(put(step, 'red', false)).toEqual({ key: 'a', to: ['owner'] });
  expect(put(step, 'to', [])).toEqual({ key: 'a', red: true });
  expect(put(step, 'to', ['superior']).to).toEqual(['superior']);
});

it('compares what is said, not the order of it', () => {
  expect(isSame({ a: [1, { b: 2, c: 3 }] }, { a: [1, { c: 3, b: 2 }] })).toBe(true);
  expect(isSame({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

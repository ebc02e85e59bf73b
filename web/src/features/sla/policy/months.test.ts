import { expect, it } from 'vitest';
import { monthsBefore } from './months';

it('takes whole months of the company that are over', () => {
  expect(monthsBefore(new Date('2026-03-15T02:00:00Z'), 2)).toEqual([
    { from: '2026-01-31T16:00:00.000Z', to: '2026-02-28T16:00:00.000Z' },
    { from: '2025-12-31T16:00:00.000Z', to: '2026-01-31T16:00:00.000Z' },
  ]);
});

it('counts the first hours of a month by the company\'s clock', () => {
  expect(monthsBefore(new Date('2026-02-28T17:00:00Z'), 1)).toEqual([{ from: '2026-01-31T16:00:00.000Z', to: '2026-02-28T16:00:00.000Z' }]);
});

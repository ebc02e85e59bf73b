import dayjs from 'dayjs';
import { expect, it } from 'vitest';
import { lastDays, leadsOf } from './periods';

it('looks back whole days, today among them', () => {
  const { since, until } = lastDays(7, dayjs('2026-11-22T10:30:00'));
  expect(dayjs(since).format('YYYY-MM-DD HH:mm')).toBe('2026-11-16 00:00');
  expect(dayjs(until).format('YYYY-MM-DD HH:mm')).toBe('2026-11-22 23:59');
});

it('opens a figure down to the leads behind it', () => {
  const { filter } = leadsOf(7, { since: 'a', until: 'b' });
  expect(JSON.parse(filter ?? '').rules[0]).toEqual({ field: 'row.owner', operator: '=', value: 7 });
});

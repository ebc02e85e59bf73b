import dayjs from 'dayjs';
import { expect, it } from 'vitest';
import { lastDays } from './periods';

it('looks back whole days, today among them', () => {
  const { since, until } = lastDays(7, dayjs('2026-11-22T10:30:00'));
  expect(dayjs(since).format('YYYY-MM-DD HH:mm')).toBe('2026-11-16 00:00');
  expect(dayjs(until).format('YYYY-MM-DD HH:mm')).toBe('2026-11-22 23:59');
});

import { expect, it } from 'vitest';
import type { CalendarDay } from '@/api/types';
import { asHours, byWeekday, faultOf, minutesOf, monthsOf, workedDays } from './week';

const day = (date: string, kind: CalendarDay['kind'] = 'work'): CalendarDay => ({ date, kind, name: {}, is_override: false, hours: [] });

it('sorts spans into weekdays and back', () => {
  const hours = [
    { weekday: 4, from: '13:00:00', to: '18:00:00' },
    { weekday: 4, from: '09:00:00', to: '12:00:00' },
  ];
  const week = byWeekday(hours);
  expect(week[4]).toEqual([{ from: '09:00', to: '12:00' }, { from: '13:00', to: '18:00' }]);
  expect(asHours(week)).toEqual([
    { weekday: 4, from: '09:00', to: '12:00' },
    { weekday: 4, from: '13:00', to: '18:00' },
  ]);
});

it('counts working minutes without lunch', () => {
  expect(minutesOf([{ from: '09:00', to: '12:00' }, { from: '13:00', to: '18:00' }])).toBe(480);
});

it('finds spans that cannot be', () => {
  expect(faultOf([{ from: '09:00', to: '09:00' }])).toBe('backwards');
  expect(faultOf([{ from: '13:00', to: '18:00' }, { from: '09:00', to: '14:00' }])).toBe('overlap');
  expect(faultOf([{ from: '13:00', to: '18:00' }, { from: '09:00', to: '13:00' }])).toBeNull();
});

it('lays months out in weeks from Monday', () => {
  const february = Array.from({ length: 28 }, (_, index) => day(`2026-02-${String(index + 1).padStart(2, '0')}`));
  const weeks = monthsOf(february)[1]?.weeks ?? [];
  expect(weeks[0]?.map((one) => one?.date ?? null)).toEqual([null, null, null, null, null, null, '2026-02-01']);
  expect(weeks.at(-1)?.filter(Boolean)).toHaveLength(6);
});

it('counts a half day by half', () => {
  expect(workedDays([day('2026-02-14', 'make_up'), day('2026-02-16', 'half'), day('2026-02-17', 'holiday')])).toBe(1.5);
});

import { describe, expect, it } from 'vitest';
import { dayIn, dayName, later, mondayOf, timeOf, today } from './days';

describe('days of the agenda', () => {
  it('begin at midnight in the company’s zone', () => {
    expect(today(new Date('2026-11-22T15:59:00Z'))).toBe('2026-11-22');
    expect(today(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(timeOf('2026-11-22T16:05:00Z', 'zh-CN')).toBe('00:05');
  });

  it('are named as their language does', () => {
    expect(dayName('2026-11-22', 'zh-CN')).toBe('11/22 周日');
    expect(dayName('2026-11-22', 'en-US')).toBe('Sun, 11/22');
  });

  it('are counted over the ends of months and years', () => {
    expect(later('2026-12-31', 1)).toBe('2027-01-01');
    expect(later('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('belong to the week that began on their Monday', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  });

  it('are today where the address names none', () => {
    const now = new Date('2026-11-22T08:00:00Z');
    expect(dayIn('2026-02-31x', now)).toBe('2026-11-22');
    expect(dayIn(null, now)).toBe('2026-11-22');
    expect(dayIn('2026-12-01', now)).toBe('2026-12-01');
  });
});

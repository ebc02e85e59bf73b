import { describe, expect, it } from 'vitest';
import { chance, perWorkday, spanOfDays, verdictOf } from './layers';

describe('the days looked at', () => {
  it('end today and are as many as asked for', () => {
    expect(spanOfDays('7', '2026-11-23')).toEqual({ since: '2026-11-17', until: '2026-11-23' });
  });

  it('are thirty where something else is asked for', () => {
    expect(spanOfDays('8', '2026-11-23')).toEqual({ since: '2026-10-25', until: '2026-11-23' });
    expect(spanOfDays(null, '2026-11-23').since).toBe('2026-10-25');
  });
});

describe('a count per working day', () => {
  it('is told where a working day has gone by', () => {
    expect(perWorkday('42', 21)).toBe(2);
    expect(perWorkday('0', 21)).toBe(0);
    expect(perWorkday('42', 0)).toBeNull();
    expect(perWorkday(null, 21)).toBeNull();
  });
});

describe('a difference', () => {
  it('is only called one where chance hardly makes it', () => {
    expect(verdictOf({ difference: 0.2, is_clear: true })).toBe('more');
    expect(verdictOf({ difference: -0.2, is_clear: true })).toBe('less');
    expect(verdictOf({ difference: 0.2, is_clear: false })).toBe('unclear');
    expect(verdictOf({ difference: null, is_clear: false })).toBe('few');
  });

  it('is never sure', () => {
    expect(chance(0)).toBe('< 0.001');
    expect(chance(0.0412)).toBe('0.041');
  });
});

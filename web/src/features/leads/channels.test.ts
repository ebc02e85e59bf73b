import { describe, expect, it } from 'vitest';
import { monthEnd, share } from './channels';

describe('shares', () => {
  it('have one decimal where they are small, and none without a whole', () => {
    expect(share(1, 12)).toBe('8.3%');
    expect(share(3, 12)).toBe('25%');
    expect(share(0, 12)).toBe('0%');
    expect(share(0, 0)).toBe('–');
  });
});

describe('the last day of a month', () => {
  it('knows leap years and Decembers', () => {
    expect(monthEnd('2028-02-01')).toBe('2028-02-29');
    expect(monthEnd('2026-12-01')).toBe('2026-12-31');
  });
});

import { describe, expect, it } from 'vitest';
import { percent } from './dealPace';

describe('percent', () => {
  it('never rounds a share up to a threshold', () => {
    expect(percent(0.69999)).toBe('69.9%');
  });

  it('shows whole shares without decimals', () => {
    expect([percent(0.7), percent(0.29), percent(1)]).toEqual(['70%', '29%', '100%']);
  });
});

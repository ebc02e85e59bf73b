import { describe, expect, it } from 'vitest';
import { widthsOf } from './rows';

const of = (count: number) => widthsOf(Array.from({ length: count }, () => 'card' as const));

describe('the rows of a board', () => {
  it('hold three panels each', () => {
    expect(of(6)).toEqual(['third', 'third', 'third', 'third', 'third', 'third']);
  });

  it('leave no panel alone beside an empty place', () => {
    expect(of(1)).toEqual(['whole']);
    expect(of(2)).toEqual(['half', 'half']);
    expect(of(4)).toEqual(['half', 'half', 'half', 'half']);
    expect(of(5)).toEqual(['third', 'third', 'third', 'half', 'half']);
    expect(of(7)).toEqual(['third', 'third', 'third', 'half', 'half', 'half', 'half']);
  });

  it('begin anew after a panel that takes a whole row', () => {
    expect(widthsOf(['card', 'card', 'card', 'stages', 'bars', 'bars', 'matrix', 'list'])).toEqual(['third', 'third', 'third', 'whole', 'half', 'half', 'whole', 'whole']);
    expect(widthsOf([])).toEqual([]);
  });
});

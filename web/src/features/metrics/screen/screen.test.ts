import { describe, expect, it } from 'vitest';
import type { BattleMap } from '@/api/types';
import { rowsOf } from './screen';

const cell = (unit: number, count: number, amount: string | null = '100.00') => ({ unit, stage: 'quotation', count, amount, red: 1 });
const map = (counts: number[], amount?: string | null): BattleMap => ({
  as_of: '2026-11-23T00:00:00Z',
  corrected: null,
  stages: [],
  units: counts.map((_, at) => ({ id: at + 1, name: `第${String(at + 1)}区` })),
  cells: counts.map((count, at) => cell(at + 1, count, amount)),
});

describe('the battle map on the wall', () => {
  it('puts the units with most deals first', () => {
    expect(rowsOf(map([1, 3, 2])).map((row) => row.id)).toEqual([2, 3, 1]);
  });

  it('adds up in one row what does not fit', () => {
    const rows = rowsOf(map([9, 8, 7, 6, 5, 4, 3, 2, 1]));
    expect(rows.map((row) => row.id)).toEqual([1, 2, 3, 4, 5, 6, null]);
    expect(rows[6]?.cells.get('quotation')).toMatchObject({ count: 6, amount: '300', red: 3 });
    expect(rowsOf(map([9, 8, 7, 6, 5, 4, 3, 2, 1], null))[6]?.cells.get('quotation')?.amount).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { amountOf, daysOf, inMonth, inUse, isCrossed, levelOf, pasted, quarterOf, sentOf, spread, wishesOf, type Cell, type Row } from './targets';

const cell = (month: string, target: string | null = null) =>
  ({ month, target, version: target === null ? 0 : 2, came: '0', done: null, pace: null, is_missed: false, is_over: false }) satisfies Cell;
const row = (id: number, target: string | null = null, can_set = true) =>
  ({ unit: { id, name: 'U' }, person: null, can_set, cells: [cell('2026-01-01', target), cell('2026-02-01')] }) as unknown as Row;

describe('amounts as they are typed', () => {
  it('may have separators and 万', () => {
    expect(amountOf('1,200,000')).toBe('1200000.00');
    expect(amountOf('￥120.5万')).toBe('1205000.00');
  });

  it('are above nothing', () => {
    expect(amountOf('0')).toBeNull();
    expect(amountOf('-3')).toBeNull();
    expect(amountOf('x')).toBeNull();
  });
});

describe('the days of some months', () => {
  it('end with the last day of the last one', () => {
    expect(daysOf([cell('2028-02-01')])).toEqual({ since: '2028-02-01', until: '2028-02-29' });
    expect(daysOf(['2026-10-01', '2026-11-01', '2026-12-01'].map((month) => cell(month)))).toEqual({ since: '2026-10-01', until: '2026-12-31' });
  });
});

describe('a year of targets', () => {
  it('leaves out who has neither targets nor results, but not who stands above', () => {
    const above = { ...row(9), is_base: true } as Row;
    expect(inUse([above, row(1), row(2, '5.00')]).map((each) => each.unit.id)).toEqual([9, 2]);
  });
});

describe('a month of targets', () => {
  it('shows who has a target or a result, and whether it will be reached', () => {
    const won = { ...row(2), cells: [{ ...cell('2026-01-01'), came: '7.00' }] } as Row;
    expect(inMonth({ rows: [row(1, '5.00'), row(3), won] }, '2026-01').map((each) => each.row.unit.id)).toEqual([1, 2]);
    expect(levelOf({ ...cell('2026-01-01', '5.00'), pace: 1.2, done: 0.4 })).toBe('good');
    expect(levelOf({ ...cell('2026-01-01', '5.00'), pace: 1.2, done: 0.4, is_over: true })).toBe('bad');
    expect(levelOf(cell('2026-01-01'))).toBe('none');
  });
});

describe('a block from a spreadsheet', () => {
  it('goes over rows and months from where it is put, and only where one may set', () => {
    expect(pasted('1\t2\t3\n4\t5\n', [row(1), row(2, null, false)], { row: 0, month: 0 })).toEqual({ '1.0.2026-01-01': '1', '1.0.2026-02-01': '2' });
  });
});

describe('a quarter', () => {
  it('is spread over its months to the last cent, or to whole numbers', () => {
    expect(spread('100', false)).toEqual(['33.34', '33.33', '33.33']);
    expect(spread('100', true)).toEqual(['34', '33', '33']);
    expect(spread('2', true)).toEqual(['1', '1', '']);
    expect(spread('', true)).toEqual(['', '', '']);
    expect(spread('x', true)).toBeNull();
  });

  it('is what its months come to, where each has a target', () => {
    const one = row(1, '100.00');
    expect(quarterOf(one, 0, { '1.0.2026-02-01': '5' })).toBe('105');
    expect(quarterOf(one, 0, {})).toBe('');
  });
});

describe('what is sent', () => {
  it('is what differs, with the version that it was read with', () => {
    const drafts = { '1.0.2026-01-01': '100', '1.0.2026-02-01': '5', '2.0.2026-01-01': '' };
    expect(wishesOf([row(1, '100.00'), row(2, '7.00')], drafts)).toEqual([
      { unit: 1, person: null, month: '2026-02-01', amount: '5.00', version: 0, metric: '' },
      { unit: 2, person: null, month: '2026-01-01', amount: null, version: 2, metric: '' },
    ]);
  });

  it('is nothing where something is no amount', () => {
    expect(wishesOf([row(1)], { '1.0.2026-01-01': 'much' })).toBeNull();
  });
});

describe('a change that was refused', () => {
  it('tells the cells that somebody else changed', () => {
    const mine = row(1, '100.00');
    const sent = sentOf(wishesOf([mine], { '1.0.2026-01-01': '120', '1.0.2026-02-01': '5' }) ?? []);
    const [first, second] = mine.cells;
    const newer = { ...first, version: 3 } as Cell;
    expect(isCrossed(mine, newer, sent)).toBe(true);
    expect(isCrossed(mine, second as Cell, sent)).toBe(false);
    expect(isCrossed(row(2), newer, sent)).toBe(false);
  });
});

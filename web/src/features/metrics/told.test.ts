import { describe, expect, it } from 'vitest';
import type { Me, Metric, MetricFigure, MetricRow, Unit } from '@/api/types';
import { narrowed, unitsInReach } from './figures';
import { bucketHead, bucketWords, changeOf, depth, gridOf, moreIsBetter } from './told';

const metric = (changes: Partial<Metric>): Metric => ({ format: 'met', threshold: null, ...changes }) as Metric;
const figure = (value: string | null): MetricFigure => ({ value, numerator: '1', denominator: '2', low: null, high: null, level: 'none' });
const source = {};

describe('a change', () => {
  it('of a share is told in points', () => {
    expect(changeOf(metric({}), figure('0.853'), figure('0.82'))).toEqual({ by: 3.3, text: '+3.3', tone: 'good' });
  });

  it('is bad where less is better', () => {
    const late = metric({ format: 'missed', threshold: { good: 0.1, bad: 0.25, source } });
    expect(moreIsBetter(late)).toBe(false);
    expect(changeOf(late, figure('0.3'), figure('0.2'))?.tone).toBe('bad');
  });

  it('is not judged where nobody said what is better', () => {
    expect(changeOf(metric({ format: 'count' }), figure('12'), figure('10'))).toEqual({ by: 2, text: '+2', tone: 'even' });
  });

  it('needs both figures', () => {
    expect(changeOf(metric({}), figure(null), figure('0.2'))).toBeNull();
    expect(changeOf(metric({}), figure('0.2'), null)).toBeNull();
  });
});

describe('a table of cells', () => {
  it('has every day, also those without anything', () => {
    const row = { key: '3', label: { 'zh-CN': '华东' }, and_key: '2026-11-02', and_label: { 'zh-CN': '2026-11-02' }, figure: figure('0.5'), before: null } as MetricRow;
    const grid = gridOf([row], 'unit', 'day', { since: '2026-11-01', until: '2026-11-03' }, (name) => name?.['zh-CN'] ?? '');
    expect(grid.columns.map((each) => each.key)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
    expect(grid.lines[0]?.label).toBe('华东');
    expect([...(grid.lines[0]?.cells.keys() ?? [])]).toEqual(['2026-11-02']);
  });

  it('tells a week by its days and a month by its name', () => {
    expect(bucketWords('2026-11-02', 'day')).toBe('2026/11/02');
    expect(bucketWords('2026-10-26', 'week')).toBe('2026/10/26–11/01');
    expect(bucketWords('2026-11-01', 'month')).toBe('2026年11月');
    expect(bucketHead('2026-11-01', 'day')).toEqual({ over: '11/01', under: '周日' });
    expect(bucketHead('2026-10-26', 'week')).toEqual({ over: '10/26', under: '–11/01' });
    expect(bucketHead('2026-11-01', 'month')).toEqual({ over: '11月', under: '2026年' });
  });

  it('is as dark as its share of the largest', () => {
    expect([null, '0', '1', '50', '100'].map((value) => depth(value, 100))).toEqual([0, 0, 1, 2, 4]);
  });

  it('narrows what is behind a cell', () => {
    const where = { since: '2026-11-01', until: '2026-11-14', unit: 2 };
    expect(narrowed(narrowed(where, 'unit', '3'), 'day', '2026-11-02')).toEqual({ since: '2026-11-02', until: '2026-11-02', unit: 2, region: 3 });
  });
});

describe('the units to choose from', () => {
  const units = [1, 2, 3, 4].map((id) => ({ id, parent_id: [null, 1, 2, 1][id - 1] ?? null }) as Unit);
  const me = (read: Record<string, string>, unit = 2) => ({ is_admin: false, unit: { id: unit, name: '' }, can: Object.fromEntries(Object.entries(read).map(([type, scope]) => [type, { read: scope }])) }) as unknown as Me;

  it('are his own with those below it, whatever everybody may read', () => {
    expect(unitsInReach(me({ customer: 'subtree', product: 'all' }), units).map((unit) => unit.id)).toEqual([2, 3]);
  });

  it('are all, or none', () => {
    expect(unitsInReach(me({ customer: 'all', lead: 'none' }), units)).toHaveLength(4);
    expect(unitsInReach(me({ customer: 'self', product: 'all' }), units)).toEqual([]);
  });
});

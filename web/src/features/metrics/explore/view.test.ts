import { describe, expect, it } from 'vitest';
import type { Metric } from '@/api/types';
import { asPeriod, documentOf, fits, fitted, readView, usual, viewOf, viewPath } from './view';

const metric = { key: 'won', dimensions: ['day', 'week', 'month', 'unit', 'person'], kinds: [{ key: 'a', name: {} }], period: 'month' } as unknown as Metric;
const read = (query: string) => readView(new URLSearchParams(query), [metric]);

describe('views', () => {
  it('come back from their own address and document', () => {
    const view = read('metric=won&by=day&and_by=unit&since=2026-11-01&until=2026-11-30&unit=4&kind=a&compare=year&chart=matrix');
    expect(view).toEqual({ metric: 'won', by: 'day', andBy: 'unit', period: { since: '2026-11-01', until: '2026-11-30' }, unit: 4, person: null, kind: 'a', compare: 'year', chart: 'matrix' });
    if (!view) return;
    expect(read(viewPath(view).split('?')[1] ?? '')).toEqual(view);
    expect(viewOf(documentOf(view))).toEqual(view);
  });

  it('keep nothing that the metric does not have', () => {
    expect(read('metric=won&by=kind&chart=funnel&kind=gone&period=never')).toMatchObject({ by: null, kind: null, period: 'month', chart: 'table' });
    expect(read('metric=won&by=unit&and_by=unit')).toMatchObject({ andBy: null, chart: 'bars' });
  });

  it('are drawn by what fits them', () => {
    expect(fits('line', { by: 'unit', andBy: 'day' })).toBe(false);
    expect(fitted('line', { by: 'unit', andBy: 'day' }, metric)).toEqual({ by: 'day', andBy: 'unit' });
    expect(fitted('matrix', { by: 'unit', andBy: null }, metric)).toEqual({ by: 'unit', andBy: 'day' });
    expect(fitted('funnel', { by: 'unit', andBy: null }, metric)).toBeNull();
    expect(usual({ by: 'month', andBy: 'unit' })).toBe('line');
  });

  it('move on with the calendar where a preset means the same days', () => {
    expect(asPeriod({ since: '2026-11-01', until: '2026-11-22' }, '2026-11-22')).toBe('month');
    expect(asPeriod({ since: '2026-11-02', until: '2026-11-22' }, '2026-11-22')).toEqual({ since: '2026-11-02', until: '2026-11-22' });
  });
});

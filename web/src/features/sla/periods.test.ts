import { describe, expect, it } from 'vitest';
import { before, chosen, spanOf, today } from './periods';

const sunday = '2026-11-22';

describe('the days of a period', () => {
  it('begin on Monday, and end today where it still goes on', () => {
    expect(spanOf('thisWeek', sunday)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(spanOf('thisWeek', '2026-11-16')).toEqual({ from: '2026-11-16', to: '2026-11-16' });
    expect(spanOf('thisMonth', sunday)).toEqual({ from: '2026-11-01', to: '2026-11-22' });
  });

  it('are whole weeks and months where it is over', () => {
    expect(spanOf('lastWeek', sunday)).toEqual({ from: '2026-11-09', to: '2026-11-15' });
    expect(spanOf('lastMonth', '2027-01-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(spanOf('lastMonth', '2028-03-30')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  it('are thirty with today', () => {
    expect(spanOf('last30', sunday)).toEqual({ from: '2026-10-24', to: '2026-11-22' });
  });
});

describe('what a period is compared with', () => {
  it('is the same part of the week before', () => {
    expect(before('thisWeek', { from: '2026-11-16', to: '2026-11-18' })).toEqual({ from: '2026-11-09', to: '2026-11-11' });
  });

  it('is the same part of the month before, as far as that goes', () => {
    expect(before('thisMonth', { from: '2026-11-01', to: '2026-11-22' })).toEqual({ from: '2026-10-01', to: '2026-10-22' });
    expect(before('thisMonth', { from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(before('lastMonth', { from: '2026-02-01', to: '2026-02-28' })).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });

  it('is as many days just before days of one’s own', () => {
    expect(before('own', { from: '2026-03-01', to: '2026-03-10' })).toEqual({ from: '2026-02-19', to: '2026-02-28' });
  });
});

describe('the period of an address', () => {
  const of = (query: string) => {
    const params = new URLSearchParams(query);
    return chosen((key) => params.get(key) ?? '', sunday);
  };

  it('is what it names', () => {
    expect(of('period=lastWeek').span).toEqual({ from: '2026-11-09', to: '2026-11-15' });
    expect(of('period=own&from=2026-09-01&to=2026-09-30')).toEqual({ period: 'own', span: { from: '2026-09-01', to: '2026-09-30' } });
  });

  it('is the last thirty days where it names nothing that holds', () => {
    for (const query of ['', 'period=year', 'period=own', 'period=own&from=2026-09-30&to=2026-09-01', 'period=own&from=2026-02-30&to=2026-03-05']) {
      expect(of(query).period).toBe('last30');
    }
  });
});

it('counts days by the company’s clock', () => {
  expect(today(new Date('2026-11-22T16:30:00Z'))).toBe('2026-11-23');
});

import { describe, expect, it } from 'vitest';
import { percent, periodName, places, type Forecast } from './forecast';

const forecast = {
  won: '40', open: '30', newcomers: { amount: '10', looks: 8 }, low: '60', high: '100', best: '70',
} as unknown as Forecast;

describe('the bar of a forecast', () => {
  it('puts every part on one scale up to the greatest value', () => {
    expect(places(forecast)).toEqual({ won: 40, open: 30, new: 10, low: 60, high: 100, total: 80 });
  });

  it('is empty where nothing is expected', () => {
    const nothing = { ...forecast, won: '0', open: '0', newcomers: { amount: '0', looks: 0 }, low: '0', high: '0', best: '0' };
    expect(places(nothing)).toMatchObject({ won: 0, high: 0, total: 0 });
  });
});

it('tells shares in percent with one decimal', () => {
  expect(percent(0.12345)).toBe('12.3%');
});

it('names a month and a quarter by their first day', () => {
  expect(periodName('2026-07-01', false)).toBe('2026-07');
  expect(periodName('2026-10-01', true)).toBe('2026 Q4');
});

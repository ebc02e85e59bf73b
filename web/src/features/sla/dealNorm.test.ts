import { describe, expect, it } from 'vitest';
import { faultsOf, sentOf, typedOf } from './dealNorm';

describe('thresholds as they are typed', () => {
  it('have shares in per cent and days as they are, there and back', () => {
    const shares = { normal: 0.9, abnormal: 0.0725 };
    expect(typedOf(shares, 'share')).toEqual({ normal: 90, abnormal: 7.25 });
    expect(sentOf(typedOf(shares, 'share'), 'share')).toEqual(shares);
    expect(sentOf({ normal: 45, abnormal: 60 }, 'days')).toEqual({ normal: 45, abnormal: 60 });
  });

  it('stay empty where there are none', () => {
    const none = { normal: null, abnormal: null };
    expect([typedOf(none, 'share'), sentOf(none, 'share')]).toEqual([none, none]);
  });
});

describe('faults of thresholds', () => {
  it('are none where normal stands on the better side', () => {
    expect(faultsOf({ normal: 90, abnormal: 70 }, 'share')).toEqual({});
    expect(faultsOf({ normal: 45, abnormal: 60 }, 'days')).toEqual({});
  });

  it('name the field that is missing or out of range', () => {
    expect(faultsOf({ normal: null, abnormal: 70 }, 'share')).toEqual({ normal: 'required' });
    expect(faultsOf({ normal: 90, abnormal: null }, 'share')).toEqual({ abnormal: 'required' });
    expect(faultsOf({ normal: 120, abnormal: 70 }, 'share')).toEqual({ normal: 'share' });
    expect(faultsOf({ normal: 0, abnormal: 60 }, 'days')).toEqual({ normal: 'days' });
  });

  it('call the order wrong at the abnormal one', () => {
    expect(faultsOf({ normal: 70, abnormal: 70 }, 'share')).toEqual({ abnormal: 'order' });
    expect(faultsOf({ normal: 60, abnormal: 45 }, 'days')).toEqual({ abnormal: 'order' });
  });
});

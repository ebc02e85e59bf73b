import { describe, expect, it } from 'vitest';
import { counts, placed, signed, told, whereOf, type Pilot, type PilotRow } from './pilots';

const figure = (value: string | null, numerator: string, denominator: string | null) => ({ value, numerator, denominator, low: null, high: null, level: 'none' as const });
const row = (format: PilotRow['format']) => ({ format }) as PilotRow;

describe('where a pilot runs', () => {
  const name = (given: Record<string, string>) => given['zh-CN'] ?? '';
  const line = { key: 'imaging', name: { 'zh-CN': '影像设备' } };
  const unit = { id: 2, name: '华东大区' };

  it('names the line, and the unit or the whole company', () => {
    expect(placed({ line: null, unit } as Pilot, '全公司', name)).toEqual(['华东大区']);
    expect(placed({ line, unit: null } as unknown as Pilot, '全公司', name)).toEqual(['影像设备', '全公司']);
    expect(placed({ line, unit } as unknown as Pilot, '全公司', name)).toEqual(['影像设备', '华东大区']);
  });
});

describe('what is behind a figure of a pilot', () => {
  const page = { pilot: { unit: { id: 2 }, line: { key: 'imaging' } } as Pilot, before: { since: '2026-10-01', until: '2026-10-10' }, after: null };

  it('is of its days, its unit and line, or of those beside them', () => {
    expect(whereOf(page, 'rest', 'before')).toEqual({ since: '2026-10-01', until: '2026-10-10', unit: 2, line: 'imaging', rest: true });
    expect(whereOf(page, 'pilot', 'after')).toBeNull();
  });
});

describe('figures of a pilot', () => {
  it('tells shares in percent with what they rest on', () => {
    expect(told(row('met'), figure('0.85', '170', '200'))).toBe('85.0%');
    expect(counts(figure('0.85', '170.000000', '200'))).toBe('170 / 200');
    expect(told(row('share'), figure(null, '0', '0'))).toBe('—');
  });

  it('tells counts as they are', () => {
    expect(told(row('count'), figure('1200', '1200', null))).toBe((1200).toLocaleString());
    expect(counts(figure('3', '3', null))).toBe('');
  });

  it('tells a change of a share in points and of a count in percent', () => {
    expect(signed(row('met'), -0.042, '个百分点')).toBe('−4.2 个百分点');
    expect(signed(row('count'), 0.5, 'points')).toBe('+50.0%');
    expect(signed(row('count'), null, 'points')).toBe('—');
  });
});

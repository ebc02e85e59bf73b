import { expect, it } from 'vitest';
import { isWanted, touchedOf } from './channel';

const fields = [
  { key: 'host', kind: 'text' as const },
  { key: 'password', kind: 'secret' as const },
];

it('sends what was touched and no secret that was left alone', () => {
  expect(touchedOf(fields, { host: 'a' }, { host: 'a' })).toEqual({});
  expect(touchedOf(fields, { host: 'a' }, { host: 'b', password: '' })).toEqual({ host: 'b' });
  expect(touchedOf(fields, { host: 'a' }, { host: '', password: 'x' })).toEqual({ host: null, password: 'x' });
});

it('shows a setting only with the choice that it belongs to', () => {
  expect(isWanted({ only_for: { provider: ['aliyun'] } }, { provider: 'tencent' })).toBe(false);
  expect(isWanted({ only_for: { provider: ['aliyun'] } }, { provider: 'aliyun' })).toBe(true);
  expect(isWanted({ only_for: {} }, {})).toBe(true);
});

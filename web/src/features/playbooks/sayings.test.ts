import { expect, test } from 'vitest';
import { asSayings, asText } from './sayings';

test('everyday words are lines that can be edited and read back', () => {
  const sayings = [{ said: ['砍价', '讲价'], means: ['降价', '折扣'] }, { said: ['敲章'], means: ['盖章'] }];
  expect(asText(sayings)).toBe('砍价、讲价 → 降价、折扣\n敲章 → 盖章');
  expect(asSayings(asText(sayings))).toEqual({ sayings, wrong: 0 });
});

test('other separators are understood, empty lines are skipped, a line without an arrow is named', () => {
  expect(asSayings('没钱, 缺钱 -> 预算\n\n')).toEqual({ sayings: [{ said: ['没钱', '缺钱'], means: ['预算'] }], wrong: 0 });
  expect(asSayings('没钱 → 预算\n砍价').wrong).toBe(2);
});

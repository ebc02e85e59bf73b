import { describe, expect, it } from 'vitest';
import { completed, freshKey, raised, replaced, rowsOf, whereOf, type Definition } from './definition';

const names = { 'zh-CN': '名', 'en-US': 'name' };
const when = { combinator: 'and' as const, rules: [] };
const blank: Definition = { key: 'lead', name: names, about: 'lead', floor: 0, ceiling: 100, facts: [], behaviour: [], grades: [] };

describe('the filters of a behaviour rule', () => {
  it.each([
    [{ topic: 'product' }],
    [{ topic: ['product', 'price'] }],
    [{ topic: { not: ['news', 'case'] } }],
    [{ seconds: { at_least: 60, at_most: 600 }, path: { begins: '/p' } }],
  ])('come back from the form as they were: %j', (where) => {
    expect(whereOf(rowsOf(where))).toEqual(where);
  });
  it('say nothing without a value', () => {
    expect(whereOf([{ key: 'topic', test: 'is', value: ' ' }])).toBeUndefined();
  });
});

describe('a scorecard being written', () => {
  it('gives new entries a key that is free', () => {
    const taken = { ...blank, facts: [{ key: 'rule_1', name: names, when, points: 1 }] };
    expect(freshKey(taken, 'behaviour')).toBe('rule_2');
    expect(freshKey(taken, 'grades')).toBe('grade_1');
  });
  it('lets the other language say what was left blank', () => {
    expect(completed({ 'zh-CN': ' 下载 ', 'en-US': '' })).toEqual({ 'zh-CN': '下载', 'en-US': '下载' });
  });
  it('changes, adds, takes out and moves entries', () => {
    expect(replaced(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
    expect(replaced(['a'], 1, 'b')).toEqual(['a', 'b']);
    expect(replaced(['a', 'b'], 0, null)).toEqual(['b']);
    expect(raised(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b']);
  });
});

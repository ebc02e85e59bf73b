import { describe, expect, it } from 'vitest';
import { freshKey, replaced, shifted, thingsAt } from './draft';

const names = (zh: string) => ({ 'zh-CN': zh, 'en-US': zh.toUpperCase() });
const definition = { types: [{ key: 'a', name: names('a'), reasons: [{ key: 'r', name: names('') }] }] };

describe('the draft of a configuration', () => {
  it('gives new things keys that nothing has', () => {
    expect(freshKey('type', [{ key: 'type_2' }, { key: 'x' }])).toBe('type_3');
    expect(freshKey('type', [{ key: 'type_2' }])).toBe('type_3');
  });

  it('changes, leaves out and moves', () => {
    expect(replaced(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
    expect(replaced(['a', 'b'], 0, null)).toEqual(['b']);
    expect(shifted(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  });

  it('says to what a problem belongs, by names or else by numbers', () => {
    expect(thingsAt(definition, '/types/0/reasons/0/name', (one) => one['zh-CN'])).toEqual(['a', '1']);
    expect(thingsAt(definition, '/due', (one) => one['zh-CN'])).toEqual([]);
  });
});

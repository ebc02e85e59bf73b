import { expect, it } from 'vitest';
import { compare } from './compare';
import type { FlowNode } from './definition';
import { change, insert, remove } from './tree';

const name = { 'zh-CN': '节点' };
const step = (key: string): FlowNode => ({ key, kind: 'copy', name, sources: [] });
const before: FlowNode[] = [
  step('a'),
  { key: 'fork', kind: 'branch', name, branches: [{ key: 'way', name, when: { combinator: 'and', rules: [] }, nodes: [step('b')] }, { key: 'else', name, when: null, nodes: [] }] },
  step('c'),
];

it('tells what came, went and changed', () => {
  const after = change(remove(insert(before, { branch: 'fork/else', index: 0 }, step('new')), 'b'), 'c', { name: { 'zh-CN': '盖章' } });
  const found = compare(before, after);
  expect([...found.before]).toEqual([['b', 'went'], ['c', 'changed']]);
  expect([...found.after]).toEqual([['new', 'came'], ['c', 'changed']]);
});

it('finds nothing between equal trees', () => {
  expect(compare(before, before).after.size).toBe(0);
});

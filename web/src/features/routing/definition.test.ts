import { describe, expect, it } from 'vitest';
import type { RoutingProblem, RoutingSet } from '@/api/types';
import { definitionOf, faultsAt, moved, renamed, sent, withBranch, type Definition } from './definition';

const set = { key: 'leads', name: { 'zh-CN': '线索', 'en-US': 'Leads' }, record_type: 'lead', draft: null, current: null } as unknown as RoutingSet;
const three: Definition = ['a', 'b', 'c'].reduce<Definition>(
  (found, key) => ({ ...found, branches: [...found.branches, { key, name: {}, when: null, groups: [] }] }),
  definitionOf(set),
);
const order = (definition: Definition) => definition.branches.map((branch) => branch.key).join('');

describe('the order of branches', () => {
  it('moves one up, down, and past the ends', () => {
    expect(order(moved(three, 'c', 0))).toBe('cab');
    expect(order(moved(three, 'a', 1))).toBe('bac');
    expect(order(moved(three, 'a', 9))).toBe('bca');
    expect(order(moved(three, 'gone', 0))).toBe('abc');
  });

  it('gives a new one a key of its own', () => {
    const taken = { ...three, branches: [{ key: 'branch_2', name: {}, when: null, groups: [] }] };
    expect(withBranch(taken, null).branches[1]?.key).toBe('branch_3');
  });
});

it('sends no line that says nothing, and no empty condition', () => {
  const blank = withBranch(three, { combinator: 'and', rules: [{ field: 'field.region', operator: '=', value: null }] });
  expect(sent(blank).branches[3]?.when).toBeNull();
});

it('lets the other language follow until it is written', () => {
  expect(renamed({ 'zh-CN': '分支 1', 'en-US': 'Branch 1' }, 'zh-CN', '华东')).toEqual({ 'zh-CN': '华东', 'en-US': '华东' });
  expect(renamed({ 'zh-CN': '华东', 'en-US': 'East' }, 'zh-CN', '华东区')).toEqual({ 'zh-CN': '华东区', 'en-US': 'East' });
});

it('finds the faults of one branch', () => {
  const problems = [{ path: '/branches/1/groups/0' }, { path: '/branches/10/groups' }] as RoutingProblem[];
  expect(faultsAt(problems, '/branches/1')).toHaveLength(1);
});

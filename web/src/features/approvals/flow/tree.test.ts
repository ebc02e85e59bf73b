import { describe, expect, it } from 'vitest';
import type { Branch, FlowNode } from './definition';
import {
  addBranch,
  change,
  changeBranch,
  everyNode,
  freshKey,
  insert,
  isHere,
  move,
  nodeOf,
  remove,
  removeBranch,
  shiftBranch,
  slotOf,
} from './tree';

const name = { 'zh-CN': '节点' };
const step = (key: string): FlowNode => ({ key, kind: 'copy', name, sources: [] });
const when = { combinator: 'and' as const, rules: [] };
const branch = (key: string, isDefault: boolean, ...nodes: FlowNode[]): Branch => ({ key, name, when: isDefault ? null : when, nodes });
const fork = (key: string, ...branches: Branch[]): FlowNode => ({ key, kind: 'branch', name, branches });

const tree: FlowNode[] = [
  step('head'),
  fork('size', branch('large', false, step('director'), step('finance')), branch('tender', false), branch('else', true, step('manager'))),
  step('seal'),
];
const order = (nodes: FlowNode[]) => everyNode(nodes).map((node) => node.key).join(' ');
const branches = (nodes: FlowNode[], key: string) => {
  const found = nodeOf(nodes, key);
  return found?.kind === 'branch' ? found.branches.map((one) => one.key).join(' ') : '';
};

describe('a node', () => {
  it('is put before what stands in its place', () => {
    expect(order(insert(tree, { branch: null, index: 1 }, step('new')))).toBe('head new size director finance manager seal');
    expect(order(insert(tree, { branch: 'size/large', index: 2 }, step('new')))).toBe('head size director finance new manager seal');
    expect(slotOf(insert(tree, { branch: 'size/tender', index: 0 }, step('new')), 'new')).toEqual({ branch: 'size/tender', index: 0 });
  });

  it('moves within its list, up and down', () => {
    expect(order(move(tree, 'finance', { branch: 'size/large', index: 0 }))).toBe('head size finance director manager seal');
    expect(order(move(tree, 'head', { branch: null, index: 3 }))).toBe('size director finance manager seal head');
  });

  it('moves into a branch and out of it', () => {
    const inside = move(tree, 'seal', { branch: 'size/else', index: 1 });
    expect(slotOf(inside, 'seal')).toEqual({ branch: 'size/else', index: 1 });
    expect(order(move(inside, 'seal', { branch: null, index: 0 }))).toBe('seal head size director finance manager');
  });

  it('takes its branches along but never goes into them', () => {
    expect(order(move(tree, 'size', { branch: null, index: 0 }))).toBe('size director finance manager head seal');
    expect(move(tree, 'size', { branch: 'size/large', index: 0 })).toBe(tree);
  });

  it('knows the places that would change nothing', () => {
    expect(isHere(tree, 'director', { branch: 'size/large', index: 0 })).toBe(true);
    expect(isHere(tree, 'director', { branch: 'size/large', index: 1 })).toBe(true);
    expect(isHere(tree, 'director', { branch: 'size/large', index: 2 })).toBe(false);
    expect(isHere(tree, 'director', { branch: 'size/else', index: 0 })).toBe(false);
  });

  it('leaves with everything in its branches', () => {
    expect(order(remove(tree, 'director'))).toBe('head size finance manager seal');
    expect(order(remove(tree, 'size'))).toBe('head seal');
  });

  it('keeps its other settings when one changes', () => {
    const changed = change(tree, 'director', { mode: 'all', policy: 'quick' });
    expect(nodeOf(changed, 'director')).toMatchObject({ name, mode: 'all', policy: 'quick' });
    expect(nodeOf(change(changed, 'director', { policy: undefined }), 'director')).not.toHaveProperty('policy');
    expect(nodeOf(changed, 'finance')).toEqual(step('finance'));
  });

  it('gets a key that nobody has', () => {
    expect(freshKey([], 'approve')).toBe('approve_1');
    expect(freshKey(['approve_1', 'approve_2'], 'approve')).toBe('approve_3');
  });
});

describe('a branch', () => {
  it('is added before the default', () => {
    expect(branches(addBranch(tree, 'size', branch('small', false)), 'size')).toBe('large tender small else');
  });

  it('changes its priority, and the default stays last', () => {
    expect(branches(shiftBranch(tree, 'size/tender', -1), 'size')).toBe('tender large else');
    expect(branches(shiftBranch(tree, 'size/tender', 1), 'size')).toBe('large tender else');
    expect(branches(shiftBranch(tree, 'size/large', -1), 'size')).toBe('large tender else');
    expect(branches(shiftBranch(tree, 'size/else', -1), 'size')).toBe('large tender else');
  });

  it('changes its condition', () => {
    const other = { combinator: 'or' as const, rules: [] };
    expect(nodeOf(changeBranch(tree, 'size/large', { when: other }), 'size')).toMatchObject({ branches: [{ when: other }, {}, {}] });
  });

  it('leaves, and a fork with the default alone dissolves', () => {
    const two = removeBranch(tree, 'size/large');
    expect(branches(two, 'size')).toBe('tender else');
    expect(order(removeBranch(two, 'size/tender'))).toBe('head manager seal');
  });

  it('that is the default does not leave', () => {
    expect(branches(removeBranch(tree, 'size/else'), 'size')).toBe('large tender else');
  });
});

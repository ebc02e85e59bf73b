import { describe, expect, it } from 'vitest';
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
  type Branch,
  type FlowNode,
} from './tree';

const name = { 'zh-CN': '节点' };
const step = (key: string): FlowNode => ({ key, kind: 'approver', name });
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
  return found?.kind === 'branch' ? (found as Extract<FlowNode, { branches: Branch[] }>).branches.map((one) => one.key).join(' ') : '';
};

describe('a node', () => {
  it('is put before what stands in its place', () => {
    expect(order(insert(tree, { branch: null, index: 1 }, step('new')))).toBe('head new size director finance manager seal');
    expect(order(insert(tree, { branch: 'large', index: 2 }, step('new')))).toBe('head size director finance new manager seal');
    expect(slotOf(insert(tree, { branch: 'tender', index: 0 }, step('new')), 'new')).toEqual({ branch: 'tender', index: 0 });
  });

  it('moves within its list, up and down', () => {
    expect(order(move(tree, 'finance', { branch: 'large', index: 0 }))).toBe('head size finance director manager seal');
    expect(order(move(tree, 'head', { branch: null, index: 3 }))).toBe('size director finance manager seal head');
  });

  it('moves into a branch and out of it', () => {
    const inside = move(tree, 'seal', { branch: 'else', index: 1 });
    expect(slotOf(inside, 'seal')).toEqual({ branch: 'else', index: 1 });
    expect(order(move(inside, 'seal', { branch: null, index: 0 }))).toBe('seal head size director finance manager');
  });

  it('takes its branches along but never goes into them', () => {
    expect(order(move(tree, 'size', { branch: null, index: 0 }))).toBe('size director finance manager head seal');
    expect(move(tree, 'size', { branch: 'large', index: 0 })).toBe(tree);
  });

  it('knows the places that would change nothing', () => {
    expect(isHere(tree, 'director', { branch: 'large', index: 0 })).toBe(true);
    expect(isHere(tree, 'director', { branch: 'large', index: 1 })).toBe(true);
    expect(isHere(tree, 'director', { branch: 'large', index: 2 })).toBe(false);
    expect(isHere(tree, 'director', { branch: 'else', index: 0 })).toBe(false);
  });

  it('leaves with everything in its branches', () => {
    expect(order(remove(tree, 'director'))).toBe('head size finance manager seal');
    expect(order(remove(tree, 'size'))).toBe('head seal');
  });

  it('keeps its other settings when one changes', () => {
    const changed = change(tree, 'director', { mode: 'all', batch: true });
    expect(nodeOf(changed, 'director')).toMatchObject({ name, mode: 'all', batch: true });
    expect(nodeOf(change(changed, 'director', { batch: undefined }), 'director')).not.toHaveProperty('batch');
    expect(nodeOf(changed, 'finance')).toEqual(step('finance'));
  });

  it('gets a key that nobody has', () => {
    expect(freshKey(tree, 'approver')).toBe('approver_1');
    expect(freshKey([step('approver_1'), fork('f', branch('approver_2', true))], 'approver')).toBe('approver_3');
    expect(freshKey([], 'branch', ['branch_1'])).toBe('branch_2');
  });
});

describe('a branch', () => {
  it('is added before the default', () => {
    expect(branches(addBranch(tree, 'size', branch('small', false)), 'size')).toBe('large tender small else');
  });

  it('changes its priority, and the default stays last', () => {
    expect(branches(shiftBranch(tree, 'tender', -1), 'size')).toBe('tender large else');
    expect(branches(shiftBranch(tree, 'tender', 1), 'size')).toBe('large tender else');
    expect(branches(shiftBranch(tree, 'large', -1), 'size')).toBe('large tender else');
    expect(branches(shiftBranch(tree, 'else', -1), 'size')).toBe('large tender else');
  });

  it('changes its condition', () => {
    const other = { combinator: 'or' as const, rules: [] };
    expect(nodeOf(changeBranch(tree, 'large', { when: other }), 'size')).toMatchObject({ branches: [{ when: other }, {}, {}] });
  });

  it('leaves, and a fork with the default alone dissolves', () => {
    const two = removeBranch(tree, 'large');
    expect(branches(two, 'size')).toBe('tender else');
    expect(order(removeBranch(two, 'tender'))).toBe('head manager seal');
  });

  it('that is the default does not leave', () => {
    expect(branches(removeBranch(tree, 'else'), 'size')).toBe('large tender else');
  });
});

import type { Branch, FlowNode } from './definition';
import { everyNode, freshKey } from './tree';

export const kinds = ['approve', 'copy', 'branch'] as const;
export type Kind = (typeof kinds)[number];

/** Names that a new part of a flow begins with; they are data and stand in both languages. */
const names = {
  approve: { 'zh-CN': '审批人', 'en-US': 'Approver' },
  copy: { 'zh-CN': '抄送', 'en-US': 'Copy' },
  branch: { 'zh-CN': '条件分支', 'en-US': 'Conditions' },
  way: { 'zh-CN': '条件', 'en-US': 'Condition' },
  rest: { 'zh-CN': '其他情况', 'en-US': 'Otherwise' },
};

/** A branch with a condition that is still to be built. */
export function newBranch(taken: string[]): Branch {
  const key = freshKey(taken, 'way');
  const number = key.slice('way_'.length);
  const name = { 'zh-CN': `${names.way['zh-CN']} ${number}`, 'en-US': `${names.way['en-US']} ${number}` };
  return { key, name, when: { combinator: 'and', rules: [] }, nodes: [] };
}

/** A node as it is put into a flow: ready to run where that is possible. */
export function newNode(nodes: FlowNode[], kind: Kind): FlowNode {
  const taken = everyNode(nodes).map((node) => node.key);
  const key = freshKey(taken, kind);
  const name = names[kind];
  if (kind === 'copy') return { key, kind, name, sources: [{ kind: 'requester' }] };
  if (kind === 'approve') return { key, kind, name, sources: [{ kind: 'superior' }], mode: 'all', empty: 'administrator' };
  const rest: Branch = { key: 'otherwise', name: names.rest, when: null, nodes: [] };
  return { key, kind, name, branches: [newBranch([]), rest] };
}

import type { Branch, FlowNode, Fork } from './definition';

/** A place between nodes: before the node at `index` of a branch, or of the trunk where `branch` is null. */
export type Slot = { branch: string | null; index: number };

/** The address of a branch: keys of branches are its fork's own, keys of nodes are the flow's. */
export function addressOf(fork: string, branch: string): string {
  return `${fork}/${branch}`;
}

export function isFork(node: FlowNode): node is Fork {
  return node.kind === 'branch';
}

/** Every node, in the order of reading. */
export function everyNode(nodes: FlowNode[]): FlowNode[] {
  return nodes.flatMap((node) => [node, ...(isFork(node) ? node.branches.flatMap((branch) => everyNode(branch.nodes)) : [])]);
}

/** Every branch with its address. */
export function everyBranch(nodes: FlowNode[]): { address: string; branch: Branch }[] {
  return everyNode(nodes).flatMap((node) =>
    isFork(node) ? node.branches.map((branch) => ({ address: addressOf(node.key, branch.key), branch })) : [],
  );
}

export function nodeOf(nodes: FlowNode[], key: string): FlowNode | undefined {
  return everyNode(nodes).find((node) => node.key === key);
}

export function branchOf(nodes: FlowNode[], address: string): Branch | undefined {
  return everyBranch(nodes).find((one) => one.address === address)?.branch;
}

/** A key that none of these has: `approve_3`. */
export function freshKey(taken: string[], stem: string): string {
  let number = 1;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

type Change = (nodes: FlowNode[], branch: string | null) => FlowNode[];

/** The tree with every list of nodes, the innermost first, put through one change. */
function withLists(nodes: FlowNode[], change: Change, branch: string | null = null): FlowNode[] {
  const inner = nodes.map((node) =>
    isFork(node)
      ? { ...node, branches: node.branches.map((one) => ({ ...one, nodes: withLists(one.nodes, change, addressOf(node.key, one.key)) })) }
      : node,
  );
  return change(inner, branch);
}

/** Puts a node into a place; what stood there comes after it. */
export function insert(nodes: FlowNode[], slot: Slot, node: FlowNode): FlowNode[] {
  return withLists(nodes, (list, branch) =>
    branch === slot.branch ? [...list.slice(0, slot.index), node, ...list.slice(slot.index)] : list,
  );
}

/** Takes a node out, and with a fork everything in its branches. */
export function remove(nodes: FlowNode[], key: string): FlowNode[] {
  return withLists(nodes, (list) => list.filter((node) => node.key !== key));
}

/** Where a node stands. */
export function slotOf(nodes: FlowNode[], key: string, branch: string | null = null): Slot | null {
  const index = nodes.findIndex((node) => node.key === key);
  if (index >= 0) return { branch, index };
  for (const node of nodes) {
    if (!isFork(node)) continue;
    for (const one of node.branches) {
      const found = slotOf(one.nodes, key, addressOf(node.key, one.key));
      if (found) return found;
    }
  }
  return null;
}

/** Moves a node to another place; a fork cannot go into itself, then nothing changes. */
export function move(nodes: FlowNode[], key: string, to: Slot): FlowNode[] {
  const node = nodeOf(nodes, key);
  const from = slotOf(nodes, key);
  if (!node || !from) return nodes;
  if (isFork(node) && to.branch !== null && everyBranch([node]).some((one) => one.address === to.branch)) return nodes;
  const passed = from.branch === to.branch && from.index < to.index;
  return insert(remove(nodes, key), { ...to, index: passed ? to.index - 1 : to.index }, node);
}

/** Whether a move would leave everything as it is. */
export function isHere(nodes: FlowNode[], key: string, to: Slot): boolean {
  const from = slotOf(nodes, key);
  return from?.branch === to.branch && (to.index === from.index || to.index === from.index + 1);
}

/** Changes what a node says; `undefined` takes a setting away. */
export function change(nodes: FlowNode[], key: string, settings: object): FlowNode[] {
  return withLists(nodes, (list) =>
    list.map((node) => {
      if (node.key !== key) return node;
      const merged = Object.entries({ ...node, ...settings }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(merged) as FlowNode;
    }),
  );
}

export function changeBranch(nodes: FlowNode[], address: string, settings: Partial<Branch>): FlowNode[] {
  return withForks(nodes, (branches, fork) =>
    branches.map((one) => (addressOf(fork, one.key) === address ? { ...one, ...settings } : one)),
  );
}

/** Adds a branch before the default of a fork, which always stays last. */
export function addBranch(nodes: FlowNode[], fork: string, branch: Branch): FlowNode[] {
  return withForks(nodes, (branches, key) => (key === fork ? [...branches.slice(0, -1), branch, ...branches.slice(-1)] : branches));
}

/** Takes a branch away; a fork with the default alone dissolves into what the default holds. */
export function removeBranch(nodes: FlowNode[], address: string): FlowNode[] {
  const left = withForks(nodes, (branches, fork) =>
    branches.filter((one) => addressOf(fork, one.key) !== address || one.when === null),
  );
  return withLists(left, (list) =>
    list.flatMap((node) => (isFork(node) && node.branches.length === 1 ? (node.branches[0]?.nodes ?? []) : [node])),
  );
}

/** Moves a branch up or down in priority; the default stays last. */
export function shiftBranch(nodes: FlowNode[], address: string, by: -1 | 1): FlowNode[] {
  return withForks(nodes, (branches, fork) => {
    const from = branches.findIndex((one) => addressOf(fork, one.key) === address);
    const to = from + by;
    const moved = branches[from];
    const other = branches[to];
    if (!moved || !other || moved.when === null || other.when === null) return branches;
    return branches.map((one, index) => (index === from ? other : index === to ? moved : one));
  });
}

function withForks(nodes: FlowNode[], change: (branches: Branch[], fork: string) => Branch[]): FlowNode[] {
  return withLists(nodes, (list) =>
    list.map((node) => (isFork(node) ? { ...node, branches: change(node.branches, node.key) } : node)),
  );
}

import type { FlowNode } from './definition';
import { addressOf, everyNode, slotOf } from './tree';

export type Difference = 'came' | 'went' | 'changed';

/** What a node says by itself and where it stands, without what lies in its branches. */
function saying(nodes: FlowNode[], node: FlowNode): string {
  const own = node.kind === 'branch' ? { ...node, branches: node.branches.map((branch) => ({ ...branch, nodes: [] })) } : node;
  const place = slotOf(nodes, node.key);
  const list = place?.branch ? everyNode(nodes).flatMap((one) => (one.kind === 'branch' ? one.branches.map((branch) => ({ at: addressOf(one.key, branch.key), nodes: branch.nodes })) : [])) : [];
  const siblings = place?.branch ? (list.find((one) => one.at === place.branch)?.nodes ?? []) : nodes;
  return JSON.stringify([own, place?.branch, siblings[(place?.index ?? 0) - 1]?.key]);
}

/** What went from the first tree, came with the second, or says something else, by the key of the node. */
export function compare(before: FlowNode[], after: FlowNode[]): { before: Map<string, Difference>; after: Map<string, Difference> } {
  const old = new Map(everyNode(before).map((node) => [node.key, saying(before, node)]));
  const fresh = new Map(everyNode(after).map((node) => [node.key, saying(after, node)]));
  const found = { before: new Map<string, Difference>(), after: new Map<string, Difference>() };
  for (const [key, words] of old) {
    if (!fresh.has(key)) found.before.set(key, 'went');
    else if (fresh.get(key) !== words) found.before.set(key, 'changed');
  }
  for (const [key, words] of fresh) {
    if (!old.has(key)) found.after.set(key, 'came');
    else if (old.get(key) !== words) found.after.set(key, 'changed');
  }
  return found;
}

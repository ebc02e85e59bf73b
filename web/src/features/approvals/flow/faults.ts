import type { FlowProblem } from '@/api/types';

/** What is wrong, gathered by the node where it stands. */
export function faultsByNode(problems: FlowProblem[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const problem of problems) {
    const words = found.get(problem.node) ?? [];
    if (!words.includes(problem.message)) found.set(problem.node, [...words, problem.message]);
  }
  return found;
}

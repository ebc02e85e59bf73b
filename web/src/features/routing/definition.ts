import type { Name, RoutingProblem, RoutingSet } from '@/api/types';
import { stripped, type RuleGroup } from '@/features/fields/conditions';

export type Branch = { key: string; name: Name; when: RuleGroup | null; groups: string[]; skills?: string[] };
/** A rule set as the server keeps it. */
export type Definition = {
  key: string;
  name: Name;
  record_type: string;
  upon?: { created: boolean; graded: string[] };
  reroutes: number;
  branches: Branch[];
  otherwise: { groups: string[]; skills?: string[] };
};

/** What the editor begins with: the draft, else what is published; parts that are not said are blank. */
export function definitionOf(set: RoutingSet): Definition {
  const given = (set.draft ?? set.current ?? {}) as Partial<Definition>;
  return {
    ...given,
    key: set.key,
    name: set.name,
    record_type: set.record_type,
    reroutes: given.reroutes ?? 2,
    branches: given.branches ?? [],
    otherwise: given.otherwise ?? { groups: [] },
  };
}

/** What is sent: conditions without the builder's own marks and without lines that say nothing yet. */
export function sent(definition: Definition): Definition {
  return {
    ...definition,
    branches: definition.branches.map((branch) => {
      const when = branch.when && stripped(branch.when);
      return { ...branch, when: when && when.rules.length > 0 ? when : null };
    }),
  };
}

/** A branch more, at the end, with a key and a name that no other has. */
export function withBranch(definition: Definition, first: RuleGroup | null): Definition {
  const taken = definition.branches.map((branch) => branch.key);
  let number = definition.branches.length + 1;
  while (taken.includes(`branch_${number}`)) number += 1;
  const name = { 'zh-CN': `分支 ${number}`, 'en-US': `Branch ${number}` };
  return { ...definition, branches: [...definition.branches, { key: `branch_${number}`, name, when: first, groups: [] }] };
}

/** A branch before another place of the order. */
export function moved(definition: Definition, key: string, to: number): Definition {
  const from = definition.branches.findIndex((branch) => branch.key === key);
  const branch = definition.branches[from];
  if (!branch || from === to) return definition;
  const rest = definition.branches.filter((one) => one.key !== key);
  rest.splice(Math.max(0, Math.min(to, rest.length)), 0, branch);
  return { ...definition, branches: rest };
}

export function withoutBranch(definition: Definition, key: string): Definition {
  return { ...definition, branches: definition.branches.filter((branch) => branch.key !== key) };
}

export function changed(definition: Definition, key: string, part: Partial<Branch>): Definition {
  return { ...definition, branches: definition.branches.map((branch) => (branch.key === key ? { ...branch, ...part } : branch)) };
}

/** A name in the language in which it is written; the other one follows until somebody writes it. */
export function renamed(name: Name, language: 'zh-CN' | 'en-US', text: string): Name {
  const other = language === 'zh-CN' ? 'en-US' : 'zh-CN';
  const follows = name[other] === name[language] || /^(分支|Branch) \d+$/.test(name[other] ?? '');
  return { ...name, [language]: text, [other]: follows ? text : (name[other] ?? text) };
}

/** The faults at one place of the document, or below it. */
export function faultsAt(problems: RoutingProblem[], path: string): RoutingProblem[] {
  return problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`));
}

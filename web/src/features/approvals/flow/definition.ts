import type { Name } from '@/api/types';
import type { RuleGroup } from '@/features/fields/conditions';

export const sourceKinds = ['superior', 'levels', 'unit_head', 'role', 'persons', 'chosen', 'owner', 'requester'] as const;
export const modes = ['all', 'any', 'in_order', 'one_each'] as const;
export const emptyRules = ['administrator', 'persons', 'agree'] as const;
export const repeatRules = ['consecutive', 'whole', 'ask'] as const;
export const ownRules = ['superior', 'skip', 'ask'] as const;
export const rights = ['refuse', 'return', 'transfer', 'add_signer'] as const;
export const accesses = ['read', 'edit', 'hidden'] as const;
export const formTypes = ['text', 'long_text', 'number', 'money', 'date', 'boolean', 'choice'] as const;

export type SourceKind = (typeof sourceKinds)[number];
export type Mode = (typeof modes)[number];
export type Access = (typeof accesses)[number];
export type FormType = (typeof formTypes)[number];

/** Where people of a node come from. */
export type Source = {
  kind: SourceKind;
  level?: number;
  whose?: 'requester' | 'owner';
  role?: string;
  persons?: number[];
  until_role?: string;
  at_most?: number;
};

export type Approve = {
  key: string;
  kind: 'approve';
  name: Name;
  sources: Source[];
  mode?: Mode;
  empty?: (typeof emptyRules)[number];
  empty_persons?: number[];
  fields?: Record<string, Access>;
  rights?: (typeof rights)[number][];
  policy?: string;
};
export type Copy = { key: string; kind: 'copy'; name: Name; sources: Source[] };
export type Branch = { key: string; name: Name; when: RuleGroup | null; nodes: FlowNode[] };
export type Fork = { key: string; kind: 'branch'; name: Name; branches: Branch[] };
export type FlowNode = Approve | Copy | Fork;

/** A line of the form: a field of the record as it stands, or one that the requester fills. */
export type FormLine = {
  key: string;
  name?: Name;
  type?: FormType;
  field?: string;
  required?: boolean;
  choices?: { key: string; name: Name }[];
};

export type Rules = {
  repeats?: (typeof repeatRules)[number];
  own_request?: (typeof ownRules)[number];
  batch?: boolean;
};

export type Definition = {
  key: string;
  name: Name;
  record_type?: string;
  form?: FormLine[];
  rules?: Rules;
  nodes: FlowNode[];
};

type Loose = Record<string, unknown>;

/** Reads a definition as the server keeps it, which leaves out what is empty. */
export function definitionOf(kept: Loose): Definition {
  const nodes = Array.isArray(kept['nodes']) ? (kept['nodes'] as Loose[]) : [];
  return { ...(kept as Definition), nodes: nodes.map(nodeOf) };
}

function nodeOf(kept: Loose): FlowNode {
  if (kept['kind'] !== 'branch') return { ...(kept as Approve | Copy), sources: (kept['sources'] as Source[] | undefined) ?? [] };
  const branches = (kept['branches'] as Loose[] | undefined) ?? [];
  return {
    ...(kept as Fork),
    branches: branches.map((branch) => ({
      ...(branch as Branch),
      when: (branch['when'] as RuleGroup | null | undefined) ?? null,
      nodes: ((branch['nodes'] as Loose[] | undefined) ?? []).map(nodeOf),
    })),
  };
}

/** The definition as it is sent: conditions without the builder's marks, defaults without one. */
export function sent(definition: Definition, clean: (when: RuleGroup) => RuleGroup): Loose {
  const walk = (node: FlowNode): Loose =>
    node.kind === 'branch'
      ? {
          ...node,
          branches: node.branches.map(({ when, nodes, ...branch }) => ({
            ...branch,
            ...(when ? { when: clean(when) } : {}),
            nodes: nodes.map(walk),
          })),
        }
      : { ...node };
  return { ...definition, nodes: definition.nodes.map(walk) };
}

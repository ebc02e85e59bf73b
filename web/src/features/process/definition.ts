import type { Name, ProcessVersion } from '@/api/types';
import type { RuleGroup } from '@/features/fields/conditions';

type Named = { key: string; name: Name };
export type GateItem = Named & { kind: string; why?: Name; applies_when?: RuleGroup };
export type Stage = Named & {
  kind: string;
  guidance?: Name;
  probability?: number;
  expected_days?: number;
  checklist: Named[];
  entry: GateItem[];
  exit: GateItem[];
  waiting_reasons: Named[];
  outcome_reasons: Named[];
  exception_flow?: string;
};
export type DefinedMove = { from: string; to: string; kind: string; needs_reason: boolean };
export type Definition = { stages: Stage[]; moves: DefinedMove[] };

type Loose = Record<string, unknown>;

function list(value: unknown): Loose[] {
  return Array.isArray(value) ? (value as Loose[]) : [];
}

/** Reads a blueprint, which leaves out what is empty, into a form that has every part. */
export function definitionOf(version: ProcessVersion): Definition {
  const stages = list(version.definition['stages']).map((stage) => ({
    ...(stage as unknown as Stage),
    kind: String(stage['kind'] ?? 'open'),
    checklist: list(stage['checklist']) as unknown as Named[],
    entry: list(stage['entry']) as unknown as GateItem[],
    exit: list(stage['exit']) as unknown as GateItem[],
    waiting_reasons: list(stage['waiting_reasons']) as unknown as Named[],
    outcome_reasons: list(stage['outcome_reasons']) as unknown as Named[],
    exception_flow: (stage['exception_flow'] ?? version.definition['exception_flow']) as string | undefined,
  }));
  const moves = list(version.definition['moves']).map((move) => ({
    from: String(move['from']),
    to: String(move['to']),
    kind: String(move['kind'] ?? 'forward'),
    needs_reason: move['needs_reason'] === true,
  }));
  return { stages, moves };
}

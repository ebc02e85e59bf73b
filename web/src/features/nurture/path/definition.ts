import type { Name } from '@/api/types';
import { noCondition, stripped, type RuleGroup } from '@/features/fields/conditions';

export const channels = ['mail', 'sms', 'wecom'] as const;
export type Channel = (typeof channels)[number];
export const receivers = ['routing', 'pool', 'role'] as const;

type Named = { key: string; name?: Name };
export type Wait = Named & { kind: 'wait'; amount: number; unit: 'hours' | 'days'; basis: 'natural' | 'working'; until: string | null; until_working: boolean };
export type Branch = Named & { kind: 'branch'; when: RuleGroup; then: Step[]; else: Step[] };
export type Send = Named & { kind: 'send'; channel: Channel; template: string };
export type Score = Named & { kind: 'score'; points: number; reason: Name };
export type HandOver = Named & { kind: 'hand_over'; to: (typeof receivers)[number]; role: string | null; note: Name | null };
export type End = Named & { kind: 'end' };
export type Step = Wait | Branch | Send | Score | HandOver | End;

export type Starts = { on: string[]; when: RuleGroup | null; again_after_days: number | null };
export type Leave = { key: string; name: Name; on: string[]; when: RuleGroup | null };
/** A path as the server keeps it. */
export type Definition = { key: string; name: Name; record_type: string; starts: Starts; leaves: Leave[]; steps: Step[] };

type Given = { key: string; name: Name; draft: object | null; current: object | null };

/** What the editor begins with: the draft, else what is published; parts that are not said are blank. */
export function definitionOf(path: Given): Definition {
  const given = (path.draft ?? path.current ?? {}) as Partial<Definition>;
  return {
    key: path.key,
    name: given.name ?? path.name,
    record_type: given.record_type ?? 'lead',
    starts: { on: [], when: null, again_after_days: null, ...given.starts },
    leaves: (given.leaves ?? []).map((leave) => ({ ...leave, on: leave.on ?? [], when: leave.when ?? null })),
    steps: (given.steps ?? []).map(whole),
  };
}

function whole(step: Step): Step {
  switch (step.kind) {
    case 'wait':
      return { ...step, unit: step.unit ?? 'days', basis: step.basis ?? 'natural', until: step.until ?? null, until_working: step.until_working ?? false };
    case 'branch':
      return { ...step, when: step.when ?? noCondition, then: (step.then ?? []).map(whole), else: (step.else ?? []).map(whole) };
    case 'hand_over':
      return { ...step, role: step.role ?? null, note: step.note ?? null };
    default:
      return step;
  }
}

/** What is sent: conditions without the builder's own marks and without lines that say nothing yet. */
export function sent(definition: Definition): Definition {
  const clean = (step: Step): Step => (step.kind === 'branch' ? { ...step, when: stripped(step.when), then: step.then.map(clean), else: step.else.map(clean) } : step);
  return {
    ...definition,
    starts: { ...definition.starts, when: said(definition.starts.when) },
    leaves: definition.leaves.map((leave) => ({ ...leave, when: said(leave.when) })),
    steps: definition.steps.map(clean),
  };
}

function said(when: RuleGroup | null): RuleGroup | null {
  const kept = when && stripped(when);
  return kept && kept.rules.length > 0 ? kept : null;
}

import type { Policy } from '@/api/types';

/** A length of time; more than one unit may be given. */
export type Duration = { days?: number; hours?: number; minutes?: number };
export type Basis = 'natural' | 'working';
export type EventDefinition = { verb: string; where?: { [key: string]: unknown }; when?: unknown };
export type TaskDefinition = { kind: string; title: { [language: string]: string }; to: string; due?: Duration };
export type StepDefinition = {
  key: string;
  after?: Duration;
  overdue?: Duration;
  time?: Basis;
  to?: string[];
  cc?: string[];
  channels?: string[];
  event?: string;
  document?: string;
  red?: boolean;
  task?: TaskDefinition;
  reassign?: string;
  when?: unknown;
};
export type WarningDefinition = { before: Duration; time?: Basis; to: string[]; channels?: string[] };
export type Target = Duration & { time?: Basis; from?: string };
export type PauseLimit = Duration & { time?: Basis; to: string[] };
export const eventKinds = ['opens', 'closes', 'cancels', 'resets', 'pauses', 'resumes'] as const;
export type EventKind = (typeof eventKinds)[number];

/** What a policy says, as the server keeps it. */
export type Definition = { [Kind in EventKind]?: EventDefinition[] } & {
  key: string;
  name: { [language: string]: string };
  about: string;
  owner?: string;
  subject?: string;
  target?: Target;
  warnings?: WarningDefinition[];
  pause_limit?: PauseLimit;
  steps?: StepDefinition[];
  [more: string]: unknown;
};

/** What is being written: the draft, else what holds now, else the bare beginning. */
export function definitionOf(policy: Policy): Definition {
  const kept = (policy.draft ?? policy.current ?? {}) as Partial<Definition>;
  return { ...kept, key: policy.key, about: policy.about, name: kept.name ?? policy.name };
}

export const units = ['minutes', 'hours', 'days'] as const;
export type Unit = (typeof units)[number];
const factors: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 };

/** A duration as one number and its largest whole unit. */
export function asCount(duration: Duration | undefined): { count: number; unit: Unit } {
  const given = units.filter((unit) => (duration?.[unit] ?? 0) > 0);
  const [only] = given;
  if (only && given.length === 1) return { count: duration?.[only] ?? 0, unit: only };
  if (given.length === 0) return { count: 0, unit: units.find((unit) => duration?.[unit] !== undefined) ?? 'hours' };
  const minutes = units.reduce((sum, unit) => sum + (duration?.[unit] ?? 0) * factors[unit], 0);
  return minutes % 60 === 0 ? { count: minutes / 60, unit: 'hours' } : { count: minutes, unit: 'minutes' };
}

/** The same with other members kept, such as whose time it counts. */
export function withCount<T extends Duration>(given: T, count: number, unit: Unit): T {
  return { ...without(given, units), [unit]: count } as unknown as T;
}

/** A key that none of these has. */
export function freeKey(taken: string[], stem: string): string {
  let number = taken.length + 1;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** A step that tells the superior when the time is over. */
export function newStep(steps: StepDefinition[]): StepDefinition {
  return { key: freeKey(steps.map((step) => step.key), 'step'), overdue: { hours: 0 }, to: ['superior'], channels: ['in_app'] };
}

/** A member set, or taken away where it holds nothing. */
export function put<T extends object, K extends keyof T>(whole: T, key: K, value: T[K] | undefined): T {
  const isEmpty = value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
  return isEmpty ? (without(whole, [key]) as T) : { ...whole, [key]: value };
}

/** The same without some members. */
export function without<T extends object>(whole: T, keys: readonly PropertyKey[]): Partial<T> {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key))) as Partial<T>;
}

/** Whether two definitions say the same, whatever the order of their members. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

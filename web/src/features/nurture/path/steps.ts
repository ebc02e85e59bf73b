import type { Branch, Step } from './definition';

export const sides = ['then', 'else'] as const;
export type Side = (typeof sides)[number];
/** A place between steps: before the step at `index` of one side of a branch, or of the trunk, whose list is ''. */
export type Slot = { list: string; index: number };

/** The address of one side of a branch. */
export function sideOf(branch: string, side: Side): string {
  return `${branch}/${side}`;
}

/** Every step, in the order of reading. */
export function everyStep(steps: Step[]): Step[] {
  return steps.flatMap((step) => [step, ...(step.kind === 'branch' ? sides.flatMap((side) => everyStep(step[side])) : [])]);
}

export function stepOf(steps: Step[], key: string): Step | undefined {
  return everyStep(steps).find((step) => step.key === key);
}

/** A key that none of these has: `send_3`. */
export function freshKey(taken: string[], stem: string): string {
  let number = 1;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** The tree with every list of steps, the innermost first, put through one change. */
function withLists(steps: Step[], change: (list: Step[], at: string) => Step[], at = ''): Step[] {
  const inner = steps.map((step): Step => {
    if (step.kind !== 'branch') return step;
    const [then, otherwise] = sides.map((side) => withLists(step[side], change, sideOf(step.key, side)));
    return { ...step, then: then ?? [], else: otherwise ?? [] };
  });
  return change(inner, at);
}

/** Puts a step into a place; what stood there comes after it. */
export function insert(steps: Step[], slot: Slot, step: Step): Step[] {
  return withLists(steps, (list, at) => (at === slot.list ? [...list.slice(0, slot.index), step, ...list.slice(slot.index)] : list));
}

/** Takes a step out, and with a branch everything on its sides. */
export function remove(steps: Step[], key: string): Step[] {
  return withLists(steps, (list) => list.filter((step) => step.key !== key));
}

/** Changes what a step says. */
export function change(steps: Step[], key: string, part: object): Step[] {
  return withLists(steps, (list) => list.map((step) => (step.key === key ? ({ ...step, ...part } as Step) : step)));
}

/** Where a step stands, and how many stand beside it. */
export function slotOf(steps: Step[], key: string, list = ''): (Slot & { count: number }) | null {
  const index = steps.findIndex((step) => step.key === key);
  if (index >= 0) return { list, index, count: steps.length };
  for (const step of steps) {
    if (step.kind !== 'branch') continue;
    for (const side of sides) {
      const found = slotOf(step[side], key, sideOf(step.key, side));
      if (found) return found;
    }
  }
  return null;
}

/** Moves a step to another place; a branch cannot go into itself, then nothing changes. */
export function move(steps: Step[], key: string, to: Slot): Step[] {
  const step = stepOf(steps, key);
  const from = slotOf(steps, key);
  if (!step || !from || isInside(step, to.list)) return steps;
  const passed = from.list === to.list && from.index < to.index;
  return insert(remove(steps, key), { ...to, index: passed ? to.index - 1 : to.index }, step);
}

/** Moves a step one place up or down among those beside it. */
export function shift(steps: Step[], key: string, by: -1 | 1): Step[] {
  const from = slotOf(steps, key);
  if (!from) return steps;
  const index = from.index + (by < 0 ? -1 : 2);
  return index < 0 || index > from.count ? steps : move(steps, key, { list: from.list, index });
}

/** Whether a step may be put into a place, and whether that would change anything. */
export function fits(steps: Step[], key: string, to: Slot): boolean {
  const step = stepOf(steps, key);
  const from = slotOf(steps, key);
  if (!step || !from || isInside(step, to.list)) return false;
  return from.list !== to.list || (to.index !== from.index && to.index !== from.index + 1);
}

function isInside(step: Step, list: string): boolean {
  return everyStep([step]).some((one) => one.kind === 'branch' && sides.some((side) => sideOf(one.key, side) === list));
}

/** The same step once more behind itself, with keys that nothing has yet. */
export function duplicate(steps: Step[], key: string): Step[] {
  const step = stepOf(steps, key);
  const slot = slotOf(steps, key);
  if (!step || !slot) return steps;
  const taken = everyStep(steps).map((one) => one.key);
  const fresh = (one: Step): Step => {
    const named = freshKey(taken, one.kind);
    taken.push(named);
    return one.kind === 'branch' ? { ...one, key: named, then: one.then.map(fresh), else: one.else.map(fresh) } : { ...one, key: named };
  };
  return insert(steps, { list: slot.list, index: slot.index + 1 }, fresh(step));
}

/** Whether nobody comes out at the end of these steps. */
export function isClosed(steps: Step[]): boolean {
  const last = steps.at(-1);
  if (!last) return false;
  return last.kind === 'end' || last.kind === 'hand_over' || (last.kind === 'branch' && sides.every((side) => isClosed(last[side])));
}

/** The key of the step in which a JSON Pointer of the definition ends; rules give `starts` or `leaves`. */
export function placeOf(steps: Step[], pointer: string): string {
  const [first = '', ...rest] = pointer.split('/').slice(1);
  if (first !== 'steps') return first;
  let list: Step[] = steps;
  let found: Step | undefined;
  for (let index = 0; index < rest.length; index += 2) {
    const step = list[Number(rest[index])];
    if (!step) break;
    found = step;
    const side = sides.find((one) => one === rest[index + 1]);
    if (!side || step.kind !== 'branch') break;
    list = step[side];
  }
  return found?.key ?? 'steps';
}

type Fault = { path: string; message: string };

/** What is wrong, gathered by the step or rule where it stands. */
export function faultsByPlace(steps: Step[], problems: Fault[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const problem of problems) {
    const place = placeOf(steps, problem.path);
    const words = found.get(place) ?? [];
    if (!words.includes(problem.message)) found.set(place, [...words, problem.message]);
  }
  return found;
}

/** What is yet to be done, by the key of the step that waits for it. */
export function todosByStep(todos: { step: string | null; message: string }[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { step, message } of todos) if (step) found.set(step, [...(found.get(step) ?? []), message]);
  return found;
}

export type Difference = 'came' | 'went' | 'changed';

/** What a step says by itself and where it stands, without what lies on its sides. */
function saying(steps: Step[], step: Step): string {
  const own: Partial<Branch> | Step = step.kind === 'branch' ? { ...step, then: [], else: [] } : step;
  const place = slotOf(steps, step.key);
  const before = everyStep(steps).find((one) => {
    const at = slotOf(steps, one.key);
    return at?.list === place?.list && at?.index === (place?.index ?? 0) - 1;
  });
  return JSON.stringify([own, place?.list, before?.key]);
}

/** What went from the first path, came with the second, or says something else, by the key of the step. */
export function compare(before: Step[], after: Step[]): { before: Map<string, Difference>; after: Map<string, Difference> } {
  const old = new Map(everyStep(before).map((step) => [step.key, saying(before, step)]));
  const fresh = new Map(everyStep(after).map((step) => [step.key, saying(after, step)]));
  const marked = (own: Map<string, string>, other: Map<string, string>, alone: Difference) =>
    new Map([...own].filter(([key, words]) => other.get(key) !== words).map(([key]) => [key, other.has(key) ? ('changed' as const) : alone]));
  return { before: marked(old, fresh, 'went'), after: marked(fresh, old, 'came') };
}

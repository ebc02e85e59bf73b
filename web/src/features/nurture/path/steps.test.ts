import { describe, expect, it } from 'vitest';
import { definitionOf, sent, type Step } from './definition';
import { change, compare, duplicate, everyStep, faultsByPlace, fits, insert, isClosed, move, placeOf, remove, shift, slotOf } from './steps';

const wait = (key: string): Step => ({ key, kind: 'wait', amount: 1, unit: 'days', basis: 'natural', until: null, until_working: false });
const end = (key: string): Step => ({ key, kind: 'end' });
const fork = (key: string, then: Step[], otherwise: Step[]): Step => ({ key, kind: 'branch', when: { combinator: 'and', rules: [] }, then, else: otherwise });
const steps: Step[] = [wait('a'), fork('f', [wait('b'), wait('c')], [end('d')]), wait('e')];
const order = (tree: Step[]): string => tree.map((step) => (step.kind === 'branch' ? `${step.key}(${order(step.then)}|${order(step.else)})` : step.key)).join('');

describe('steps of a path', () => {
  it('are put between others, on the trunk and on a side', () => {
    expect(order(insert(steps, { list: '', index: 1 }, wait('x')))).toBe('axf(bc|d)e');
    expect(order(insert(steps, { list: 'f/else', index: 0 }, wait('x')))).toBe('af(bc|xd)e');
  });

  it('are taken out with everything on their sides', () => {
    expect(order(remove(steps, 'b'))).toBe('af(c|d)e');
    expect(order(remove(steps, 'f'))).toBe('ae');
  });

  it('move within a list, out of a side and into one', () => {
    expect(order(move(steps, 'a', { list: '', index: 2 }))).toBe('f(bc|d)ae');
    expect(order(move(steps, 'c', { list: '', index: 0 }))).toBe('caf(b|d)e');
    expect(order(move(steps, 'e', { list: 'f/then', index: 1 }))).toBe('af(bec|d)');
  });

  it('do not move into themselves', () => {
    expect(move(steps, 'f', { list: 'f/then', index: 0 })).toBe(steps);
    expect(fits(steps, 'f', { list: 'f/else', index: 0 })).toBe(false);
    expect(fits(steps, 'a', { list: '', index: 1 })).toBe(false);
    expect(fits(steps, 'a', { list: '', index: 2 })).toBe(true);
  });

  it('go one up or down, and stay at the ends', () => {
    expect(order(shift(steps, 'c', -1))).toBe('af(cb|d)e');
    expect(order(shift(steps, 'a', 1))).toBe('f(bc|d)ae');
    expect(shift(steps, 'a', -1)).toBe(steps);
    expect(shift(steps, 'e', 1)).toBe(steps);
  });

  it('are doubled with keys of their own', () => {
    const twice = duplicate(steps, 'f');
    const keys = everyStep(twice).map((step) => step.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(slotOf(twice, 'branch_1')).toEqual({ list: '', index: 2, count: 4 });
  });

  it('change alone', () => {
    expect(everyStep(change(steps, 'c', { amount: 9 })).filter((step) => step.kind === 'wait').map((step) => step.amount)).toEqual([1, 1, 9, 1]);
  });

  it('say where nobody comes out', () => {
    expect(isClosed(steps)).toBe(false);
    expect(isClosed([fork('f', [end('x')], [end('y')])])).toBe(true);
    expect(isClosed([fork('f', [end('x')], [])])).toBe(false);
  });
});

describe('faults', () => {
  it('stand at the innermost step that a pointer names', () => {
    expect(placeOf(steps, '/steps/1/then/1/amount')).toBe('c');
    expect(placeOf(steps, '/steps/1/when/rules/0')).toBe('f');
    expect(placeOf(steps, '/steps/0')).toBe('a');
    expect(placeOf(steps, '/steps')).toBe('steps');
    expect(placeOf(steps, '/starts/when')).toBe('starts');
    expect(placeOf(steps, '/leaves/0/on')).toBe('leaves');
  });

  it('are said once a step', () => {
    const found = faultsByPlace(steps, [{ path: '/steps/0/x', message: 'no' }, { path: '/steps/0/y', message: 'no' }]);
    expect(found.get('a')).toEqual(['no']);
  });
});

it('tells what came, went and changed between two versions', () => {
  const after = insert(change(remove(steps, 'b'), 'e', { amount: 5 }), { list: '', index: 0 }, wait('x'));
  const found = compare(steps, after);
  expect(Object.fromEntries(found.before)).toEqual({ a: 'changed', b: 'went', c: 'changed', e: 'changed' });
  expect(Object.fromEntries(found.after)).toEqual({ x: 'came', a: 'changed', c: 'changed', e: 'changed' });
});

it('sends no condition that says nothing', () => {
  const name = { 'zh-CN': '培育', 'en-US': 'Nurture' };
  const blank = { combinator: 'and' as const, rules: [{ field: 'field.region', operator: '=', value: '' }] };
  const given = { key: 'p', name, draft: { starts: { on: [], when: blank }, steps: [{ key: 'w', kind: 'wait', amount: 2 }] }, current: null };
  const definition = sent(definitionOf(given));
  expect(definition.starts).toEqual({ on: [], when: null, again_after_days: null });
  expect(definition.steps).toEqual([{ key: 'w', kind: 'wait', amount: 2, unit: 'days', basis: 'natural', until: null, until_working: false }]);
});

it('fills in what a path leaves unsaid', () => {
  const name = { 'zh-CN': '培育', 'en-US': 'Nurture' };
  const current = { leaves: [{ key: 'qualified', name }], steps: [{ key: 'w', kind: 'wait', amount: 1 }, { key: 'f', kind: 'branch' }] };
  const definition = definitionOf({ key: 'p', name, draft: null, current });
  expect(definition.starts).toEqual({ on: [], when: null, again_after_days: null });
  expect(definition.leaves).toEqual([{ key: 'qualified', name, on: [], when: null }]);
  expect(definition.steps[1]).toEqual({ key: 'f', kind: 'branch', when: { combinator: 'and', rules: [] }, then: [], else: [] });
});

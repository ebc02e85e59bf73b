import { describe, expect, it } from 'vitest';
import { sent } from './definition';
import { kinds, newLeave, newStep, starters, startedPath } from './newSteps';
import { everyStep, stepOf } from './steps';

const name = { 'zh-CN': '欢迎', 'en-US': 'Welcome' };
const templates = [
  { key: 'draft_only', channel: 'mail', version: null },
  { key: 'hello', channel: 'mail', version: 1 },
  { key: 'case', channel: 'mail', version: 2 },
];

describe('a new path', () => {
  it.each(starters)('%s has keys of its own for every step', (starter) => {
    const keys = everyStep(startedPath(starter, 'p', name, templates).steps).map((step) => step.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('takes the first published templates that fit, one after the other', () => {
    const { steps } = startedPath('welcome', 'p', name, templates);
    expect(stepOf(steps, 'first_mail')).toMatchObject({ channel: 'mail', template: 'hello' });
    expect(stepOf(steps, 'second_mail')).toMatchObject({ channel: 'mail', template: 'case' });
    expect(stepOf(steps, 'message')).toMatchObject({ channel: 'wecom', template: '' });
  });

  it('is sent as it stands', () => {
    const path = startedPath('wake', 'p', name, templates);
    expect(sent(path)).toEqual(path);
  });
});

it('gives every new step a key that nothing has', () => {
  const steps = kinds.reduce<ReturnType<typeof newStep>[]>((made, kind) => [...made, newStep(made, kind), newStep([...made, newStep(made, kind)], kind)], []);
  expect(new Set(steps.map((step) => step.key)).size).toBe(kinds.length * 2);
});

it('gives every new reason to leave a key of its own', () => {
  const first = newLeave([]);
  const second = newLeave([first]);
  expect([first.key, second.key, newLeave([first, second]).key]).toEqual(['taken', 'leave_1', 'leave_2']);
});

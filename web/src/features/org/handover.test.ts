import { expect, it } from 'vitest';
import { takersOf } from './handover';

it('gives each kind to its own taker, and the rest to one', () => {
  expect(takersOf(['records', 'tasks'], 1, { tasks: 2 })).toEqual({ records: 1, tasks: 2 });
});

it('leaves out what nobody takes', () => {
  expect(takersOf(['records', 'tasks'], null, { tasks: 2 })).toEqual({ tasks: 2 });
});

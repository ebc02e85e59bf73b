import { expect, it } from 'vitest';
import { redo, startHistory, step, undo } from './history';

it('goes back and forth', () => {
  const two = step(step(startHistory('a'), 'b'), 'c');
  expect(undo(two).present).toBe('b');
  expect(undo(undo(two)).present).toBe('a');
  expect(redo(undo(two))).toEqual(two);
});

it('stays at its ends', () => {
  const one = startHistory('a');
  expect(undo(one)).toBe(one);
  expect(redo(one)).toBe(one);
  expect(step(one, 'a')).toBe(one);
});

it('forgets what was taken back once something new is done', () => {
  expect(redo(step(undo(step(startHistory('a'), 'b')), 'c')).present).toBe('c');
});

it('keeps the last hundred steps', () => {
  let history = startHistory(0);
  for (let number = 1; number <= 150; number += 1) history = step(history, number);
  expect(history.past).toHaveLength(100);
  expect(history.past[0]).toBe(50);
});

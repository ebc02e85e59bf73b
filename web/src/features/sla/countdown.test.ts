import { expect, it } from 'vitest';
import { faceOf, secondsLeft, stepOf } from './countdown';

const due_at = '2026-03-02T04:00:00Z';
const at = (text: string) => new Date(text).getTime();
const running = { state: 'running' as const, due_at, is_late: false };

it('runs, is soon due, and is late by itself', () => {
  expect(faceOf(running, at('2026-03-02T01:00:00Z'))).toBe('running');
  expect(faceOf(running, at('2026-03-02T03:00:00Z'))).toBe('soon');
  expect(faceOf(running, at('2026-03-02T04:00:01Z'))).toBe('late');
});

it('is late when the server says so', () => {
  expect(faceOf({ ...running, is_late: true }, at('2026-03-02T01:00:00Z'))).toBe('late');
});

it('keeps the face of a clock that does not run', () => {
  for (const state of ['paused', 'met', 'breached', 'cancelled'] as const) {
    expect(faceOf({ ...running, state }, at('2026-03-03T00:00:00Z'))).toBe(state);
  }
});

it('counts down to the second only near the end', () => {
  expect(secondsLeft(running, at('2026-03-02T03:59:00Z'))).toBe(60);
  expect(stepOf(running, at('2026-03-02T03:59:00Z'))).toBe(1000);
  expect(stepOf(running, at('2026-03-02T01:00:00Z'))).toBe(30_000);
  expect(stepOf({ ...running, state: 'paused' }, at('2026-03-02T03:59:00Z'))).toBe(30_000);
  expect(secondsLeft({ due_at: null }, 0)).toBeNull();
});

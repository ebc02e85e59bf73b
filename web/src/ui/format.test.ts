import { expect, it } from 'vitest';
import { dateTime, timeOfDay } from './format';

it("tells hours on the company's clock, wherever the reader is", () => {
  expect(timeOfDay('2026-11-23T16:30:00Z')).toBe('00:30');
  expect(dateTime('2026-11-23T16:30:00Z')).toBe('2026/11/24 00:30');
});

import { expect, it } from 'vitest';
import { durationParts } from './duration';

const said = (seconds: number) => durationParts(seconds).map((part) => `${part.count}${part.unit.charAt(0)}`).join(' ');

it('says the two largest units', () => {
  expect(said(2 * 86_400 + 3 * 3600 + 59 * 60)).toBe('2d 3h');
  expect(said(3 * 3600 + 20 * 60 + 5)).toBe('3h 20m');
});

it('counts days alone when they are many', () => {
  expect(said(9 * 86_400 + 23 * 3600)).toBe('9d 23h');
  expect(said(41 * 86_400 + 5 * 3600)).toBe('41d');
});

it('counts seconds only near the end', () => {
  expect(said(9 * 60 + 59)).toBe('9m 59s');
  expect(said(10 * 60 + 1)).toBe('10m');
  expect(said(7)).toBe('7s');
});

it('leaves out a unit that is nothing', () => {
  expect(said(86_400)).toBe('1d');
  expect(said(86_400 + 5 * 60)).toBe('1d');
  expect(said(0)).toBe('0m');
  expect(said(-5)).toBe('0m');
});

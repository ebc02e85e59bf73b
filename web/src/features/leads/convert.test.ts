import { expect, it } from 'vitest';
import type { TypeMeta } from '@/api/types';
import { isConversion } from './convert';

const stages = [
  { key: 'sql', kind: 'open' },
  { key: 'done', kind: 'won' },
  { key: 'gone', kind: 'lost' },
];
const lead = { key: 'lead', stages } as TypeMeta;

it('takes the won stage of a lead for its conversion, whatever it is called', () => {
  expect(isConversion(lead, 'done')).toBe(true);
});

it('leaves other stages and other types to the usual move', () => {
  expect(['sql', 'gone', 'unknown'].filter((stage) => isConversion(lead, stage))).toEqual([]);
  expect(isConversion({ ...lead, key: 'deal' }, 'done')).toBe(false);
});

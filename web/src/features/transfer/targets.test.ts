import { expect, it } from 'vitest';
import type { Plan } from '@/api/types';
import { fieldKey, mappedCount, withColumn } from './targets';

const column = (name: string, target: string | null) => ({ column: name, target, unmatched: 'refuse' as const, date_order: '' as const });
const plan: Plan = { columns: [column('A', 'name'), column('B', null)], constants: {}, empties: [] };

it('moves a target from one column to another', () => {
  expect((withColumn(plan, 'B', { target: 'name' }).columns ?? []).map((one) => one.target)).toEqual([null, 'name']);
});

it('leaves the others alone when a column is left out', () => {
  expect(mappedCount(withColumn(plan, 'A', { target: null }))).toBe(0);
});

it('makes a key of any column name', () => {
  expect(fieldKey('Total Time Spent', 3)).toBe('total_time_spent');
  expect(fieldKey('来源', 3)).toBe('column_4');
});

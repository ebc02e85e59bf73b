import { expect, it } from 'vitest';
import type { Plan, TypeMeta } from '@/api/types';
import { constantFields, fieldKey, mappedCount, withColumn } from './targets';

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

it('offers one value for every row where no column gives one', () => {
  const field = (key: string, required = false, access = 'edit') => ({ key, required, access });
  const type = { fields: [field('name', true), field('source', true), field('contact_person'), field('secret', true, 'masked'), field('region')] } as TypeMeta;
  const plan = { columns: [{ column: '姓名', target: 'name' }], constants: { region: 'east' } } as unknown as Plan;
  const found = constantFields(plan, type, []);
  expect(found.shown.map((one) => one.key)).toEqual(['source', 'region']);
  expect(found.open.map((one) => one.key)).toEqual(['contact_person']);
  expect(constantFields(plan, type, ['contact_person']).open).toEqual([]);
});

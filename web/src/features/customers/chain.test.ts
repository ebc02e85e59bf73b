import { expect, it } from 'vitest';
import type { FieldMeta, RecordItem } from '@/api/types';
import { chainOf } from './chain';

const role = { choices: [{ key: 'decision_maker', name: {} }, { key: 'user', name: {} }] } as unknown as FieldMeta;
const contact = (id: number, chain_role: string | null) => ({ id, values: { chain_role } }) as unknown as RecordItem;

it('keeps roles that nobody holds yet', () => {
  const chain = chainOf(role, [contact(1, 'user'), contact(2, null)]);
  expect(chain.map((one) => [one.key, one.people.map((person) => person.id)])).toEqual([
    ['decision_maker', []],
    ['user', [1]],
  ]);
});

import { expect, it } from 'vitest';
import type { Sync } from '@/api/types';
import { choiceOf, firstTaken, linesOf } from './differences';

const person = { person_id: null, unit: '华东', matched_by: '' as const, changes: {} };
const sync: Pick<Sync, 'units' | 'people'> = {
  units: [{ key: 'u1', kind: 'added', unit_id: null, name: '新部门', before: '', parent: '总部', confidence: 'certain' }],
  people: [
    { ...person, key: 'p1', kind: 'linked', name: '张伟', confidence: 'likely', person_id: 3 },
    { ...person, key: 'p2', kind: 'changed', name: '李娜', confidence: 'certain', person_id: 4, changes: { phone: ['1', '2'] } },
    { ...person, key: 'p3', kind: 'left', name: '赵强', confidence: 'certain', person_id: 5 },
  ],
};
const lines = linesOf(sync);

it('takes what is certain and closes no account unasked', () => {
  expect([...firstTaken(lines)]).toEqual(['unit:u1', 'person:p2']);
});

it('sends what was ticked and what was left', () => {
  expect(choiceOf(lines, new Set(['person:p1', 'person:p2', 'person:p3']), 'salesperson')).toEqual({
    accept: ['p1'],
    leave_out: ['u1'],
    deactivate: [5],
    role: 'salesperson',
  });
});

it('tells old and new values', () => {
  expect(lines[2]?.changes).toEqual([['phone', '1', '2']]);
});

import { expect, it } from 'vitest';
import type { FileItem } from '@/api/types';
import { doingOf, isReady, type Answer } from './answer';

const file = (id: number) => ({ id, name: `${id}.txt` }) as FileItem;
const empty: Answer = { comment: '', form: {}, files: [], person: null, place: 'before', to_node: null };

it('wants a reason for no and for back, none for yes', () => {
  expect(isReady('agree', empty)).toBe(true);
  expect(isReady('refuse', empty)).toBe(false);
  expect(isReady('return', { ...empty, comment: ' ' })).toBe(false);
  expect(doingOf('refuse', { ...empty, comment: ' 太贵 ' })).toEqual({ action: 'refuse', comment: '太贵', form: {}, files: [] });
});

it('wants a person where one is named', () => {
  expect(doingOf('transfer', empty)).toBeNull();
  expect(doingOf('add_signer', { ...empty, person: 7, place: 'after' })).toEqual({
    action: 'add_signer',
    comment: '',
    files: [],
    person: 7,
    place: 'after',
  });
});

it('sends no more than an action takes', () => {
  expect(doingOf('withdraw', { ...empty, form: { a: 1 }, files: [file(1)] })).toEqual({ action: 'withdraw', comment: '', files: [1] });
});

it('takes documents with everything that is done with a case', () => {
  const files = [file(3), file(4)];
  for (const action of ['agree', 'refuse', 'return', 'transfer', 'add_signer', 'take_over', 'urge', 'resubmit', 'withdraw'] as const) {
    expect(doingOf(action, { ...empty, comment: '见附件', person: 7, files })).toMatchObject({ action, comment: '见附件', files: [3, 4] });
  }
});

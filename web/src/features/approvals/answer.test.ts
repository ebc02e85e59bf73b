import { expect, it } from 'vitest';
import { doingOf, isReady, takesFiles, type Answer } from './answer';

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
  expect(doingOf('withdraw', { ...empty, form: { a: 1 }, files: [1] })).toEqual({ action: 'withdraw', comment: '' });
});

it('takes documents with the answer of who was asked, where a record keeps them', () => {
  const record = { id: 1, type: 'deal', title: '' };
  expect(takesFiles('transfer', { record })).toBe(true);
  expect(takesFiles('add_signer', { record })).toBe(true);
  expect(takesFiles('urge', { record })).toBe(false);
  expect(takesFiles('agree', { record: null })).toBe(false);
});

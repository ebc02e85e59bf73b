import { expect, it } from 'vitest';
import type { FieldRow } from '@/api/types';
import { completeName, draftOf, freeKey, isReady, sentChoices } from './fieldDraft';

const names = (zh: string, en = '') => ({ 'zh-CN': zh, 'en-US': en });
const level: FieldRow = {
  key: 'level',
  name: names('级别', 'Level'),
  type: 'choice',
  builtin: false,
  required: false,
  active: true,
  section: 'main',
  choices: [{ key: 'a', name: names('甲', 'A'), when: { region: ['east'] } }],
  target: '',
  max_length: null,
  limits: [],
};

it('makes keys that nobody has', () => {
  expect(freeKey(names('预算', 'Budget owner'), [], 'field')).toBe('budget_owner');
  expect(freeKey(names('预算', 'Budget'), ['budget'], 'field')).toBe('budget_1');
  expect(freeKey(names('预算'), ['field_1'], 'field')).toBe('field_2');
  expect(freeKey(names('三', '3 years'), [], 'field')).toBe('years');
});

it('says a name in both languages', () => {
  expect(completeName(names(' 预算 '))).toEqual(names('预算', '预算'));
});

it('keeps the keys and conditions of choices that exist', () => {
  const draft = draftOf(level);
  const added = { ...draft, choices: [...draft.choices, { key: '', names: names('乙', 'a'), isNew: true }] };
  expect(sentChoices(added, level)).toEqual([
    { key: 'a', name: names('甲', 'A'), when: { region: ['east'] } },
    { key: 'a_1', name: names('乙', 'a'), when: {} },
  ]);
});

it('is ready when its type has what it needs', () => {
  const draft = draftOf(null);
  expect(isReady(draft)).toBe(false);
  expect(isReady({ ...draft, names: names('预算') })).toBe(true);
  expect(isReady({ ...draft, names: names('预算'), type: 'choice' })).toBe(false);
  expect(isReady({ ...draft, names: names('客户'), type: 'record' })).toBe(false);
  expect(isReady(draftOf(level))).toBe(true);
});

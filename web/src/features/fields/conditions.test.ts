import { expect, it } from 'vitest';
import { noCondition, ruleCount, stripped, type RuleGroup } from './conditions';

const amount = { id: 'r1', field: 'amount', operator: '>', value: '100' };
const group: RuleGroup = {
  combinator: 'and',
  rules: [amount, { combinator: 'or', not: true, rules: [{ field: 'source', operator: 'null', value: '' }] }],
};

it('counts conditions at any depth', () => {
  expect(ruleCount(group)).toBe(2);
  expect(ruleCount(null)).toBe(0);
});

it('keeps nothing of the builder but the conditions', () => {
  expect(stripped(group).rules[0]).toEqual({ field: 'amount', operator: '>', value: '100' });
  expect(stripped(group).rules[1]).toMatchObject({ combinator: 'or', not: true });
});

it('leaves out what has no value yet, except where none is needed', () => {
  const blank = { ...noCondition, rules: [{ ...amount, value: '' }, { ...amount, operator: 'null', value: '' }] };
  expect(stripped(blank).rules).toHaveLength(1);
});

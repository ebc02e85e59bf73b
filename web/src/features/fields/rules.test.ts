import { describe, expect, it } from 'vitest';
import type { FieldMeta, TypeMeta } from '@/api/types';
import { changed, openChoices } from './rules';

function choice(key: string, over: Partial<FieldMeta>): FieldMeta {
  return {
    key,
    name: { 'zh-CN': key },
    type: 'choice',
    required: false,
    builtin: false,
    choices: [],
    section: 'main',
    access: 'edit',
    sortable: false,
    filterable: false,
    record_type: null,
    max_length: null,
    help: null,
    defaults: {},
    ...over,
  };
}

const industry = choice('industry', {
  choices: [{ key: 'device', name: {} }, { key: 'retail', name: {} }],
  defaults: { device: { budget: 'high' } },
});
const budget = choice('budget', {
  choices: [
    { key: 'high', name: {}, when: { industry: ['device'] } },
    { key: 'low', name: {} },
  ],
});
const type = { fields: [industry, budget] } as TypeMeta;

describe('dependent choices', () => {
  it('closes a choice whose condition is not met', () => {
    expect(openChoices(budget, { industry: 'retail' }).map((one) => one.key)).toEqual(['low']);
  });
  it('fills the usual value when it is empty', () => {
    expect(changed(type, {}, 'industry', 'device')).toEqual({ industry: 'device', budget: 'high' });
  });
  it('keeps what a person chose', () => {
    expect(changed(type, { budget: 'low' }, 'industry', 'device')).toEqual({ industry: 'device', budget: 'low' });
  });
  it('takes out a choice that no longer fits', () => {
    expect(changed(type, { industry: 'device', budget: 'high' }, 'industry', 'retail')).toEqual({
      industry: 'retail',
      budget: null,
    });
  });
});

import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { FieldMeta, MissingItem } from '@/api/types';
import { factsOf } from './itemFacts';

const said = ((key: string) => key) as unknown as TFunction<'process'>;
const line = {
  key: 'product.line',
  name: { 'zh-CN': '产品线', 'en-US': 'Product line' },
  type: 'choice',
  choices: [{ key: 'imaging', name: { 'zh-CN': '影像设备', 'en-US': 'Imaging' }, when: null }],
} as unknown as FieldMeta;

test('each row of a condition says by name what it asks for, and whether it can be told', () => {
  const row = (actual: unknown, verdict: string) => ({ path: '', field: 'product.line', operator: '!=', expected: 'imaging', actual, verdict, reason: null });
  const item = { kind: 'condition', verdict: 'unknown', rows: [row('imaging', 'not_met'), row(null, 'unknown')] } as unknown as MissingItem;

  const [told, untold] = factsOf(item, [line], said, 'zh-CN');
  expect(told?.expected).toContain('产品线');
  expect(told?.expected).toContain('影像设备');
  expect(told?.actual).toBe('影像设备');
  expect(untold?.actual).toBe('why.unknown');
});

import { expect, test } from 'vitest';
import type { FieldMeta } from '@/api/types';
import { valueText } from './display';

const words = { yes: '是', no: '否' };
const units = {
  key: 'record.units',
  name: { 'zh-CN': '所属部门', 'en-US': 'Unit' },
  type: 'choices',
  choices: [
    { key: '3', name: { 'zh-CN': '华南大区', 'en-US': 'South' }, when: null },
    { key: '4', name: { 'zh-CN': '华北大区', 'en-US': 'North' }, when: null },
  ],
} as unknown as FieldMeta;

test('one of many choices is told as all of them are', () => {
  expect(valueText(units, '3', 'zh-CN', words)).toBe('华南大区');
  expect(valueText(units, ['3', '4'], 'en-US', words)).toContain('North');
  expect(valueText(units, '9', 'zh-CN', words)).toBe('9');
});

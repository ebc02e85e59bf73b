import { expect, test } from 'vitest';
import type { FileItem, FlowRow } from '@/api/types';
import { filled, noWish, spoken } from './request';
import { isAskable, openFlows } from './requesting';

const flow = (key: string, change: Partial<FlowRow> = {}): FlowRow => ({
  key,
  name: { 'zh-CN': key },
  record_type: 'deal',
  is_active: true,
  version: 1,
  has_draft: false,
  running: 0,
  ...change,
});

test('a record offers the flows of its own type that are published and switched on', () => {
  const flows = [flow('discount'), flow('loan', { record_type: '' }), flow('off', { is_active: false }), flow('draft', { version: null }), flow('lead', { record_type: 'lead' })];
  expect(openFlows(flows, 'deal').map((one) => one.key)).toEqual(['discount']);
  expect(openFlows(flows, null).map((one) => one.key)).toEqual(['discount', 'loan', 'lead']);
});

test('a flow about records wants one', () => {
  expect(isAskable(flow('discount'), null)).toBe(false);
  expect(isAskable(flow('discount'), 7)).toBe(true);
  expect(isAskable(flow('loan', { record_type: '' }), null)).toBe(true);
  expect(isAskable(undefined, 7)).toBe(false);
});

test('a line that is empty is not tried', () => {
  expect(filled({ percent: 20, cause: null, note: '', agreed: false })).toEqual({ percent: 20, agreed: false });
});

test('a request names its documents by their numbers', () => {
  const files = [{ id: 4, name: '报价.pdf' } as FileItem];
  expect(spoken({ ...noWish, comment: ' 急 ', files })).toEqual({ comment: '急', chosen: {}, form: {}, files: [4] });
});

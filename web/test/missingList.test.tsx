import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { MissingItem, TypeMeta } from '@/api/types';
import { draw } from './render';
import { MissingList } from '@/features/process/MissingList';

const type = { stages: [{ key: 'needs', name: { 'zh-CN': '需求确认', 'en-US': 'Needs' } }], fields: [] } as unknown as TypeMeta;
const item: MissingItem = {
  item: 'recording',
  kind: 'document',
  name: { 'zh-CN': '上传通话录音', 'en-US': 'Upload the call recording' },
  expected: 2,
  actual: 1,
  rows: [],
  supplier: 'owner',
  supplier_name: { 'zh-CN': '负责人', 'en-US': 'Owner' },
  where: 'files:call_recording',
  verdict: 'not_met',
  reason: null,
  why: { blueprint: 'deal', version: 3, stage: 'needs', gate: 'exit', words: null },
  message: '',
  link: null,
};

it('links a missing item to the place where it is supplied', async () => {
  const go = vi.fn();
  await draw(<MissingList items={[item]} type={type} onGo={go} />);
  await userEvent.click(screen.getByRole('button', { name: /上传通话录音/ }));
  expect(go).toHaveBeenCalledWith('files:call_recording');
});

it('says how far an item is and why it is asked for', async () => {
  await draw(<MissingList items={[item]} type={type} />);
  const row = within(screen.getByRole('listitem'));
  expect(row.getByText('已有 1，需要 2')).toBeTruthy();
  expect(row.getByText('「需求确认」的离开门禁')).toBeTruthy();
  expect(row.getByText('deal · v3')).toBeTruthy();
});

it('speaks English to those who read it', async () => {
  await draw(<MissingList items={[item]} type={type} />, 'en-US');
  expect(screen.getByText('Upload the call recording')).toBeTruthy();
  expect(screen.getByText('1 of 2')).toBeTruthy();
});

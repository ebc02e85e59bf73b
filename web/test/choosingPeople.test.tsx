import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { draw } from './render';

const east = { id: 2, name: '华东一部' };
const people = [
  { id: 7, name: '张伟', unit: east },
  { id: 8, name: '郭书瑶', unit: east },
];
let answer: (() => void) | null = null;

async function serve(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const ids = searchParams.getAll('ids').map(Number);
  const q = searchParams.get('q') ?? '';
  if (q) await new Promise<void>((resolve) => { answer = resolve; });
  const found = people.filter((one) => (ids.length > 0 ? ids.includes(one.id) : q === '' || one.name.startsWith(q)));
  return new Response(JSON.stringify(found), { headers: { 'Content-Type': 'application/json' } });
}

function Chooser({ onChosen }: { onChosen: (ids: number[]) => void }) {
  const [value, setValue] = useState([7]);
  return <PeoplePicker label="收件人" value={value} onChange={(ids) => { onChosen(ids); setValue(ids); }} />;
}

const offered = () => [...document.querySelectorAll('.ant-select-item-option')].map((each) => each.getAttribute('title'));

beforeEach(() => {
  answer = null;
  vi.stubGlobal('fetch', vi.fn(serve));
});

it('offers only who is found for the name typed, and nobody while it is still asked for', async () => {
  const chosen = vi.fn();
  await draw(<Chooser onChosen={chosen} />);
  await screen.findByText('张伟 · 华东一部');
  await userEvent.click(screen.getByRole('combobox', { name: '收件人' }));
  await waitFor(() => { expect(offered()).toEqual(['张伟 · 华东一部', '郭书瑶 · 华东一部']); });
  await userEvent.type(screen.getByRole('combobox', { name: '收件人' }), '郭');
  expect(offered()).toEqual([]);
  await waitFor(() => { expect(answer).not.toBeNull(); });
  expect(offered()).toEqual([]);
  answer?.();
  await waitFor(() => { expect(offered()).toEqual(['郭书瑶 · 华东一部']); });
  await userEvent.click(screen.getByTitle('郭书瑶 · 华东一部'));
  expect(chosen).toHaveBeenCalledExactlyOnceWith([7, 8]);
});

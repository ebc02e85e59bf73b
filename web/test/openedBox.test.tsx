import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useOpenedBox } from '@/features/support/opened';
import { draw } from './render';

function Shown() {
  return <p>{useOpenedBox(['mine', 'asked', 'team']) ?? 'unknown'}</p>;
}

function holding(...boxes: string[]) {
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const box = new URL(request.url).searchParams.get('box') ?? '';
    const answer = { items: boxes.includes(box) ? [{ id: 1 }] : [], next_cursor: '' };
    return Promise.resolve(new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } }));
  }));
}

it('opens on what one asked for where nothing waits for one’s help', async () => {
  holding('asked');
  await draw(<Shown />);
  expect(await screen.findByText('asked')).toBeTruthy();
});

it('opens on what waits for one’s help, and on it where there is nothing at all', async () => {
  holding('mine', 'asked');
  const { unmount } = await draw(<Shown />);
  expect(await screen.findByText('mine')).toBeTruthy();
  unmount();
  holding();
  await draw(<Shown />);
  expect(await screen.findByText('mine')).toBeTruthy();
});

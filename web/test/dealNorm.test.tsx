import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { DealNorm } from '@/api/types';
import { startLanguage, withWords } from '@/ui/i18n';
import { draw } from './render';
import { DealNormForm } from '@/features/sla/DealNormForm';
import { useDealNorms } from '@/features/sla/dealNorm';

const pack: DealNorm = {
  key: 'stage_update_share',
  name: { 'zh-CN': '阶段更新及时率', 'en-US': 'Stages updated in time' },
  better: 'higher',
  normal: 0.9,
  abnormal: 0.7,
  source: 'pack',
  number: 0,
  set_by: '',
  set_at: null,
  shipped_normal: 0.9,
  shipped_abnormal: 0.7,
  versions: [],
};
const theirs: DealNorm = { ...pack, normal: 0.95, source: 'own', number: 1, set_by: '林思远', set_at: '2026-11-20T02:00:00Z' };

let kept = pack;
const puts: { version: string | null; body: unknown }[] = [];

function answer(body: unknown, status = 200) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

/** The server as the form meets it: one norm, and a refusal where the version is not the current one. */
async function serve(request: Request) {
  if (request.method === 'GET') return answer([kept]);
  const version = request.headers.get('If-Match');
  puts.push({ version, body: await request.json() });
  if (version !== `"${kept.number}"`) return answer({ title: 'x', status: 412, code: 'edit_conflict', conflict: [] }, 412);
  kept = { ...kept, number: kept.number + 1, normal: 0.8, source: 'own' };
  return answer(kept);
}

function Form() {
  const norm = useDealNorms().data?.[0];
  return norm ? <DealNormForm norm={norm} /> : null;
}

async function open() {
  await startLanguage('zh-CN');
  await withWords('supervision', Promise.resolve());
  await draw(<Form />);
  return screen.findByRole('spinbutton', { name: '正常（不低于）' });
}

async function type(box: HTMLElement, text: string) {
  await userEvent.clear(box);
  await userEvent.type(box, text);
}

beforeEach(() => {
  kept = pack;
  puts.length = 0;
  vi.stubGlobal('fetch', vi.fn(serve));
});

it('says at the field what is wrong, and sends nothing', async () => {
  await type(await open(), '60');
  await userEvent.click(screen.getByRole('button', { name: /^保 ?存$/ }));
  expect(screen.getByRole('alert').textContent).toBe('异常值须低于正常值');
  expect(puts).toEqual([]);
});

it('sends shares of one with the version that was read', async () => {
  await type(await open(), '80');
  await userEvent.click(screen.getByRole('button', { name: /^保 ?存$/ }));
  await screen.findByText('已保存第 1 版');
  expect(puts).toEqual([{ version: '"0"', body: { normal: 0.8, abnormal: 0.7, note: '' } }]);
});

it('keeps what was typed where somebody else was faster, and replaces theirs only when told again', async () => {
  await type(await open(), '80');
  kept = theirs;
  await userEvent.click(screen.getByRole('button', { name: /^保 ?存$/ }));
  const said = await screen.findByRole('alert');
  expect(said.textContent).toContain('林思远');
  expect(said.textContent).toContain('正常 ≥ 95%，异常 < 70%');
  expect(screen.getByRole<HTMLInputElement>('spinbutton', { name: '正常（不低于）' }).value).toBe('80');
  await userEvent.click(screen.getByRole('button', { name: /仍保存我的/ }));
  await waitFor(() => { expect(puts.map((put) => put.version)).toEqual(['"0"', '"1"']); });
});

it('takes theirs when told so', async () => {
  await type(await open(), '80');
  kept = theirs;
  await userEvent.click(screen.getByRole('button', { name: /^保 ?存$/ }));
  await userEvent.click(await screen.findByRole('button', { name: '采用对方的' }));
  expect(screen.getByRole<HTMLInputElement>('spinbutton', { name: '正常（不低于）' }).value).toBe('95');
  expect(screen.queryByRole('alert')).toBeNull();
});

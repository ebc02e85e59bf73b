import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { FollowUp } from '@/api/types';
import RecordFollowUps from '@/features/fieldwork/RecordFollowUps';
import { startLanguage, withWords } from '@/ui/i18n';
import { draw } from './render';
import { SessionGate } from './sessionGate';

const name = (text: string) => ({ 'zh-CN': text, 'en-US': text });
const options = {
  units: [],
  kinds: [
    { key: 'visit', name: name('拜访') },
    { key: 'call', name: name('电话') },
  ],
  ticks: [{ key: 'need', name: name('明确了需求') }],
  standards: [
    { key: 'visit', version: 1, name: name('有效拜访'), kinds: ['visit'], unit_ids: null, record_type: null, stages: null, at_least: null, items: [{ key: 'place', kind: 'place', name: name('现场定位'), at_least: 1, max_length: null }] },
    { key: 'contact', version: 1, name: name('有效沟通'), kinds: ['call'], unit_ids: null, record_type: null, stages: null, at_least: 1, items: [{ key: 'need', kind: 'tick', name: name('明确了需求'), at_least: 1, max_length: null }] },
  ],
  pain_max: 120,
  stock_phrases: ['已联系'],
};
const draft: FollowUp = {
  id: 8,
  client_id: '5f0f8c1e-0000-4000-8000-000000000008',
  kind: 'call',
  state: 'draft',
  record: { type: 'deal', id: 3, title: 'CT 采购' },
  customer: null,
  contact: null,
  author: { id: 7, name: '张伟' },
  at: '2026-05-12T02:00:00Z',
  received_at: '2026-05-12T02:00:01Z',
  text: '院长要换机',
  ticks: [],
  next_at: null,
  place: null,
  store: {},
  via: 'screen',
  files: [],
  standard: null,
  missing: [{ item: 'need', kind: 'tick', name: name('明确了需求'), shortfall: 'absent', expected: null, actual: null }],
  still_needed: 1,
  doubts: [],
  corrects: null,
  corrected_by: null,
  version: 2,
};
const doubtful: FollowUp = {
  ...draft,
  state: 'counted',
  missing: [],
  still_needed: 0,
  doubts: [{ kind: 'stock_phrase', text: '只有套话', data: {}, verdict: 'open', by: null, at: null, note: '' }],
};

let me = 7;
let listed = draft;
const writes: { method: string; path: string; version: string | null; body: unknown }[] = [];

function answerTo(path: string): unknown {
  if (path === '/api/session') return { authenticated: true, user: { id: me, name: '我', can: { deal: { edit: 'unit' } }, admin: [], roles: [], unit: null }, demo: false, demo_accounts: [], live_url: null, providers: [] };
  if (path === '/api/followups/options') return options;
  if (path === '/api/followups') return { items: [listed], next_cursor: null };
  if (path.endsWith('/related')) return [{ type: 'contact', field: 'customer', items: [{ id: 41, title: '吴工', values: { title: '放射科' } }], total: 1 }];
  return { id: 3, type: 'deal', stage: 'first', can: { edit: true }, deleted_at: null };
}

async function serve(request: Request) {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET') {
    writes.push({ method: request.method, path: pathname, version: request.headers.get('If-Match'), body: await request.json() });
    return new Response(JSON.stringify({ ...listed, state: 'counted' }), { headers: { 'content-type': 'application/json' } });
  }
  return new Response(JSON.stringify(answerTo(pathname)), { headers: { 'content-type': 'application/json' } });
}

async function open(isBrief = false) {
  await startLanguage('zh-CN');
  await withWords('followups', Promise.resolve());
  await draw(
    <SessionGate>
      <RecordFollowUps type="deal" id={3} isBrief={isBrief} />
    </SessionGate>,
  );
}

// The form comes late: its first loading is not what a test waits for.
beforeAll(() => import('@/features/fieldwork/RecordForm'), 60_000);

beforeEach(() => {
  me = 7;
  listed = draft;
  writes.length = 0;
  vi.stubGlobal('fetch', vi.fn(serve));
});

it('completes one’s own draft where it lies, with the version that was read', async () => {
  await open();
  await userEvent.click(await screen.findByRole('button', { name: '继续补充' }));
  await screen.findByText('补充草稿');
  await userEvent.click(screen.getByRole('checkbox', { name: '明确了需求' }));
  await userEvent.click(screen.getByRole('button', { name: /^记 ?录$/ }));
  await waitFor(() => {
    expect(writes).toMatchObject([{ method: 'PATCH', path: '/api/followups/8', version: '"2"', body: { client_id: draft.client_id, text: '院长要换机', ticks: ['need'] } }]);
  });
});

it('begins with a kind that needs no place, and says what it lacks', async () => {
  await open();
  expect((await screen.findByRole('form', { name: '记跟进' })).textContent).toContain('电话');
  expect(screen.getAllByText('还差 1 项：').length).toBeGreaterThan(0);
});

it('says with whom of the customer one has spoken', async () => {
  await open();
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: '联系人' }));
  fireEvent.click(await screen.findByText('吴工 · 放射科'));
  fireEvent.click(screen.getByRole('button', { name: '存为草稿' }));
  await waitFor(() => {
    expect(writes).toMatchObject([{ method: 'POST', path: '/api/followups', body: { kind: 'call', contact_id: 41 } }]);
  });
});

it('corrects what counts by a new entry', async () => {
  listed = { ...doubtful, ticks: ['need'], doubts: [] };
  await open();
  await userEvent.click(await screen.findByRole('button', { name: '更正' }));
  const submit = await waitFor(() => screen.getAllByRole('button', { name: /^更 ?正$/ }).find((one) => one.getAttribute('type') === 'submit'));
  if (submit) await userEvent.click(submit);
  await waitFor(() => {
    expect(writes).toMatchObject([{ method: 'POST', path: '/api/followups/8/corrections' }]);
  });
  expect((writes[0]?.body as { client_id: string }).client_id).not.toBe(draft.client_id);
});

it('tells an author what was said of a doubt, and lets nobody judge one’s own', async () => {
  listed = { ...doubtful, doubts: doubtful.doubts.map((doubt) => ({ ...doubt, verdict: 'accepted' as const, note: '当面核实过' })) };
  await open(true);
  expect(await screen.findByText('只有套话')).toBeTruthy();
  expect(screen.getByText(/当面核实过/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: '无碍' })).toBeNull();
});

it('lets whoever leads judge a doubt', async () => {
  me = 9;
  listed = doubtful;
  await open(true);
  await userEvent.type(await screen.findByRole('textbox', { name: '说明（可不填）' }), '当面核实');
  await userEvent.click(screen.getByRole('button', { name: '无碍' }));
  await waitFor(() => {
    expect(writes).toEqual([{ method: 'POST', path: '/api/followups/8/doubts/stock_phrase', version: null, body: { verdict: 'accepted', note: '当面核实' } }]);
  });
});

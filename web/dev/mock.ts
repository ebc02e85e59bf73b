import { contactsOf, customers, deals, leads, me, meta, move, people, process } from './mockData';
import type { RecordItem } from '../src/api/types';

export type Reply = { status: number; body?: unknown };
type Body = Record<string, unknown>;

let signedIn = true;
const all: Record<string, RecordItem[]> = { deal: deals, customer: customers, lead: leads, contact: customers.flatMap(contactsOf), product: [], repair: [] };

const ok = (body?: unknown): Reply => ({ status: 200, body });
const page = (items: RecordItem[], url: URL): Reply => {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const q = url.searchParams.get('q') ?? '';
  const stage = url.searchParams.get('stage');
  const found = items.filter((one) => (!q || one.title.includes(q)) && (!stage || one.stage === stage));
  const next = from + limit < found.length ? String(from + limit) : null;
  return ok({ items: found.slice(from, from + limit), next_cursor: next, count: found.length, count_capped: false });
};

function board(type: string): Reply {
  const stages = meta.record_types.find((one) => one.key === type)?.stages ?? [];
  return ok({
    columns: stages.map((stage) => {
      const items = (all[type] ?? []).filter((one) => one.stage === stage.key);
      const amount = items.reduce((sum, one) => sum + Number(one.values['amount'] ?? 0), 0).toFixed(2);
      return { stage: stage.key, count: items.length, count_capped: false, amount: type === 'deal' ? amount : null, items: items.slice(0, 20), next_cursor: items.length > 20 ? '20' : null };
    }),
  });
}

function detail(record: RecordItem): unknown {
  const type = meta.record_types.find((one) => one.key === record.type);
  const stages = type?.stages ?? [];
  const at = stages.findIndex((one) => one.key === record.stage);
  const path = stages.map((stage, index) => ({
    stage: stage.key,
    state: index < at ? 'done' : index === at ? 'current' : 'ahead',
    entered_at: null,
    days: index <= at ? (index === at ? record.days_in_stage : 6) : null,
  }));
  const next = stages[at + 1];
  const moves = record.type === 'deal' && next ? [move(next.key, 'forward'), ...(at > 0 ? [move(stages[at - 1]?.key ?? '', 'back')] : []), move('lost', 'close')] : [];
  return { ...record, path, process: type?.has_process ? { key: record.type, version: 1, name: { 'zh-CN': '标准商机流程', 'en-US': 'Standard deal process' }, stages } : null, waiting: null, waiting_reasons: [], outcome_reason: null, moves, opening_missing: [] };
}

function records(method: string, parts: string[], url: URL, body: Body): Reply {
  const [type = '', id, part] = parts;
  const items = all[type] ?? [];
  if (id === undefined) {
    if (method === 'GET') return page(items, url);
    const values = body['values'] as Body;
    const made = { ...(items[0] ?? deals[0]), id: 9000 + items.length, title: String(values['name']), values } as RecordItem;
    items.unshift(made);
    return { status: 201, body: detail(made) };
  }
  if (id === 'board') return board(type);
  if (id === 'bulk') {
    const ids = (body['ids'] as number[]) ?? [];
    const refused = ids.slice(0, 1).map((one) => ({ id: one, title: items.find((item) => item.id === one)?.title, code: 'stage_locked', detail: '阶段已锁定', missing: move('quotation', 'forward').missing }));
    return ok({ done: ids.slice(1), refused });
  }
  const record = items.find((one) => one.id === Number(id));
  if (!record) return { status: 404, body: { title: '找不到', code: 'not_found', detail: '' } };
  switch (part) {
    case undefined:
      if (method === 'PATCH') {
        record.values = { ...record.values, ...(body['values'] as Body) };
        record.version += 1;
      }
      return ok(detail(record));
    case 'move':
      if (record.type === 'deal' && body['to_stage'] !== 'first_talk') return { status: 423, body: { title: '阶段已锁定', code: 'stage_locked', detail: '还缺 4 项', missing: move('x', 'forward').missing } };
      record.stage = String(body['to_stage']);
      return ok(detail(record));
    case 'timeline':
      return ok({
        items: [
          { id: 3, at: new Date(Date.now() - 3.6e6).toISOString(), verb: 'deal.move_blocked', actor: people[0], text: '尝试进入「方案演示」，被门禁拦下：缺 4 项', data: {}, corrects: null },
          { id: 2, at: new Date(Date.now() - 9e7).toISOString(), verb: 'deal.stage_entered', actor: people[1], text: '从「初次沟通」进入「需求确认」', data: {}, corrects: null },
          { id: 1, at: new Date(Date.now() - 9e8).toISOString(), verb: 'deal.created', actor: null, text: '创建了商机', data: {}, corrects: null },
        ],
        next_cursor: null,
      });
    case 'comments':
      return ok([{ id: 1, text: '设备科主任下周三有空，@李娜 请准备演示环境。', author: people[1], at: new Date(Date.now() - 7e6).toISOString(), mentions: [], can_delete: true }]);
    case 'files':
      return ok([{ id: 1, name: '首次访谈纪要.pdf', kind: 'minutes', content_type: 'application/pdf', size: 234567, width: null, height: null, uploaded_by: people[0], uploaded_at: new Date(Date.now() - 8e7).toISOString(), thumbnail_url: null, url: '#' }]);
    case 'related':
      return ok([{ type: 'contact', items: contactsOf(customers[0] ?? record), count: 4 }, { type: 'deal', items: deals.slice(0, 3), count: 3 }]);
    case 'checklist':
      return ok([
        { stage: 'needs', key: 'a', name: { 'zh-CN': '已画出决策链', 'en-US': 'Decision chain drawn' }, ticked: false, by: null, at: null },
        { stage: 'needs', key: 'b', name: { 'zh-CN': '已确认预算', 'en-US': 'Budget confirmed' }, ticked: true, by: people[0], at: new Date().toISOString() },
      ]);
    case 'moves':
      return ok([]);
    default:
      return ok({});
  }
}

/** The answer that the contract promises, from memory. */
export function answer(method: string, url: URL, body: Body): Reply {
  const [area = '', ...rest] = url.pathname.replace(/^\/+|\/+$/g, '').replace(/^api\//, '').split('/');
  switch (area) {
    case 'session':
      if (method === 'DELETE') signedIn = false;
      if (method === 'POST' && rest[0] !== 'password') {
        if (body['password'] === 'wrong') return { status: 403, body: { title: '登录失败', code: 'sign_in_failed', detail: '用户名或密码不正确，还可以再试 3 次。' } };
        signedIn = true;
        return ok(me);
      }
      return ok({ authenticated: signedIn, user: signedIn ? me : null, demo: [{ username: 'sales', password: 'demo', name: '王芳', position: '销售代表' }, { username: 'manager', password: 'demo', name: '张伟', position: '大区经理' }, { username: 'admin', password: 'demo', name: '管理员', position: '系统管理员' }] });
    case 'meta':
      return ok(meta);
    case 'records':
      return records(method, rest, url, body);
    case 'views':
      return ok([{ id: 1, name: '本季度大单', record_type: url.searchParams.get('record_type'), kind: 'table', columns: [], filter: null, sort: '-amount', visibility: 'private', pinned: true, is_default: false, mine: true }]);
    case 'people':
      return ok(people);
    case 'search':
      return ok([...deals, ...customers].filter((one) => one.title.includes(url.searchParams.get('q') ?? '')).slice(0, 8).map((one) => ({ id: one.id, type: one.type, title: one.title, subtitle: one.owner?.name, stage: one.stage })));
    case 'today':
      return ok({
        my_open: [{ type: 'lead', count: 23 }, { type: 'deal', count: 17 }, { type: 'customer', count: 64 }],
        blocked: deals.slice(3, 5).map((record) => ({ record, attempts: 2, missing: move('x', 'forward').missing, last_at: new Date(Date.now() - 4e6).toISOString() })),
        overdue: deals.slice(6, 9),
        stale: deals.slice(10, 14),
        to_decide: [{ id: 1, record: { id: 1, type: 'deal', title: deals[0]?.title }, from_stage: 'needs', to_stage: 'demo', reason: '客户周五停机，演示必须提前，痛点清单周六补。', state: 'open', missing: move('x', 'forward').missing, asked_by: people[1], asked_at: new Date(Date.now() - 3e6).toISOString(), decided_by: null, decided_at: null, note: '' }],
        mentions: [{ record: { id: 2, type: 'deal', title: deals[1]?.title }, comment: '设备科主任下周三有空，@王芳 请准备演示环境。', author: people[1], at: new Date(Date.now() - 7e6).toISOString() }],
        recent: deals.slice(0, 4),
      });
    case 'processes':
      return ok(rest.length ? process.version : process.list);
    default:
      return ok([]);
  }
}

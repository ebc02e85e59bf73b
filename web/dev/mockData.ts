import type { FieldMeta, Me, Meta, MissingItem, Move, RecordItem, StageMeta, TypeMeta } from '../src/api/types';

const zh = (text: string, en: string) => ({ 'zh-CN': text, 'en-US': en });
const can = { read: 'all', create: 'all', edit: 'all', delete: 'all', move: 'all', assign: 'all', export: 'all' } as const;
export const people = ['王芳', '李娜', '张伟', '刘洋', '陈静', '杨磊'].map((name, index) => ({ id: index + 1, name }));

export const me: Me = {
  id: 1,
  username: 'sales',
  must_change_password: false,
  name: '王芳',
  locale: 'zh-CN',
  theme: 'system',
  unit: { id: 1, name: '华东大区' },
  position: '销售代表',
  roles: [zh('销售', 'Sales')],
  is_admin: true,
  can: {},
  admin: ['org.manage', 'users.manage', 'roles.manage', 'fields.manage', 'process.view', 'import.run', 'import.opening', 'audit.read'],
};

function field(key: string, text: string, en: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta {
  return { key, name: zh(text, en), type, required: false, builtin: true, choices: [], section: 'basic', access: 'edit', sortable: type === 'money' || type === 'date', filterable: true, record_type: null, max_length: null, help: null, defaults: {}, ...more };
}
const choice = (key: string, text: string, en: string) => ({ key, name: zh(text, en) });
const stage = (key: string, text: string, en: string, position: number, kind: StageMeta['kind'] = 'open'): StageMeta => ({
  key, name: zh(text, en), kind, probability: position * 12, position, guidance: kind === 'open' ? zh('找到对的人，说明来意，约定一次正式沟通。', 'Find the right person, say why you call, agree on a proper talk.') : null, expected_days: kind === 'open' ? 10 : null,
});
const dealStages = [
  stage('first', '初步接触', 'First contact', 1), stage('first_talk', '初次沟通', 'First talk', 2), stage('needs', '需求确认', 'Needs confirmed', 3),
  stage('demo', '方案演示', 'Solution demo', 4), stage('quotation', '报价谈判', 'Quotation', 5), stage('contract', '合同审批', 'Contract approval', 6),
  stage('signing', '签约', 'Signing', 7), stage('paid', '回款', 'Paid', 8, 'won'), stage('lost', '输单', 'Lost', 9, 'lost'),
];
const type = (key: string, text: string, en: string, fields: FieldMeta[], stages: StageMeta[], cols: string[], cards: string[]): TypeMeta => ({
  key, name: zh(text, en), icon: key, has_process: stages.length > 0, fields, stages, list_columns: cols, card_fields: cards, title_field: 'name', plural: zh(text, en), sections: [{ key: 'basic', name: zh('基本信息', 'Basics') }, { key: 'need', name: zh('需求', 'Need') }], amount_field: key === 'deal' ? 'amount' : null, due_field: key === 'deal' ? 'expected_close' : null, can, user_defined: key === 'repair',
});
const budget = [choice('low', '10–30 万', '100–300 k'), choice('mid', '30–50 万', '300–500 k'), choice('high', '100–300 万', '1–3 M')];
const roles = [choice('decision_maker', '决策人', 'Decision maker'), choice('influencer', '影响者', 'Influencer'), choice('technical', '技术把关人', 'Technical gatekeeper'), choice('purchasing', '采购', 'Purchasing'), choice('finance', '财务', 'Finance'), choice('user', '使用人', 'User')];
export const meta: Meta = {
  document_kinds: [{ key: 'minutes', name: zh('首次访谈纪要', 'interview minutes'), types: ['pdf'] }],
  role_templates: [],
  languages: ['zh-CN', 'en-US'],
  currencies: ['CNY'],
  record_types: [
    type('lead', '线索', 'Lead', [field('name', '联系人姓名', 'Contact name', 'text', { required: true }), field('company', '公司名称', 'Company', 'text'), field('phone', '手机', 'Phone', 'phone'), field('email', '邮箱', 'E-mail', 'email'), field('source', '来源渠道', 'Source', 'choice', { required: true, choices: [choice('web', '官网', 'Website'), choice('fair', '展会', 'Exhibition')] })],
      [stage('new', '新线索', 'New', 1), stage('contacted', '已联系', 'Contacted', 2), stage('mql', 'MQL', 'MQL', 3), stage('sql', 'SQL', 'SQL', 4), stage('converted', '已转化', 'Converted', 5, 'won'), stage('out', '无效', 'Disqualified', 6, 'lost')], ['company', 'stage', 'phone', 'source', 'owner'], ['company', 'phone', 'source']),
    type('customer', '客户', 'Customer', [field('name', '客户名称', 'Name', 'text', { required: true }), field('industry', '行业', 'Industry', 'choice', { choices: [choice('hospital', '公立三级医院', 'Public tertiary hospital'), choice('lab', '第三方检验', 'Laboratory')] }), field('phone', '电话', 'Phone', 'phone'), field('credit_code', '统一社会信用代码', 'Credit code', 'text')], [], ['industry', 'phone', 'owner', 'unit', 'last_activity_at'], ['industry', 'phone']),
    type('contact', '联系人', 'Contact', [field('name', '姓名', 'Name', 'text', { required: true }), field('customer', '所属客户', 'Customer', 'record', { record_type: 'customer', required: true }), field('title', '职务', 'Title', 'text'), field('phone', '手机', 'Phone', 'phone'), field('chain_role', '决策链角色', 'Role', 'choice', { choices: roles }), field('attitude', '态度', 'Attitude', 'choice', { choices: [choice('champion', '支持', 'Champion'), choice('neutral', '中立', 'Neutral'), choice('against', '反对', 'Against')] })], [], ['customer', 'title', 'phone', 'chain_role', 'attitude'], ['title', 'phone']),
    type('deal', '商机', 'Deal', [field('name', '商机名称', 'Name', 'text', { required: true }), field('customer', '客户', 'Customer', 'record', { record_type: 'customer', required: true }), field('amount', '金额', 'Amount', 'money'), field('expected_close', '预计成交日期', 'Expected close', 'date'), field('intent_level', '意向等级', 'Intent', 'choice', { choices: [choice('high', '高', 'High'), choice('low', '低', 'Low')], section: 'need' }), field('budget_range', '预算区间', 'Budget range', 'choice', { choices: budget, section: 'need' }), field('note', '说明', 'Note', 'long_text', { section: 'need', max_length: 120 })],
      dealStages, ['customer', 'stage', 'amount', 'expected_close', 'owner', 'days_in_stage'], ['customer', 'amount', 'expected_close']),
    type('product', '产品', 'Product', [field('name', '产品名称', 'Name', 'text', { required: true }), field('price', '标价', 'Price', 'money')], [], ['price'], ['price']),
    type('repair', '售后维修', 'Repair', [field('name', '报修单', 'Name', 'text', { required: true })], [stage('open', '受理', 'Accepted', 1), stage('done', '完成', 'Done', 2, 'closed')], ['stage', 'owner'], []),
  ],
};

const cities = ['上海', '杭州', '南京', '苏州', '宁波', '合肥', '无锡', '温州', '绍兴', '金华'];
const kinds = ['第一人民医院', '中医院', '妇幼保健院', '肿瘤医院', '检验中心', '体检中心'];
const wares = ['化学发光仪', '彩超', '监护系统', '血球仪', 'CT 维保', '内镜系统'];
const at = (days: number) => new Date(Date.now() - days * 864e5).toISOString();

function record(id: number, key: string, title: string, values: Record<string, unknown>, labels: Record<string, string>, stageKey: string | null): RecordItem {
  const days = (id * 7) % 31;
  return { id, type: key, title, version: 3, stage: stageKey, stage_entered_at: at(days), days_in_stage: stageKey ? days : null, owner: people[id % people.length] ?? null, unit: { id: 1, name: '华东大区' }, values: { name: title, ...values }, labels, masked: [], opening: id % 11 === 0, created_at: at(days + 20), updated_at: at(days / 3), last_activity_at: at(days / 4), deleted_at: null, can: { edit: true, delete: true, move: true, assign: true } };
}

export const customers = cities.flatMap((city, a) => kinds.map((kind, b) => record(a * 10 + b + 1, 'customer', `${city}${kind}`, { industry: b < 4 ? 'hospital' : 'lab', phone: `0571-8${700 + a}${1000 + b}` }, {}, null)));
export const deals = Array.from({ length: 140 }, (_, index) => {
  const customer = customers[index % customers.length];
  const where = dealStages[Math.min(8, Math.floor((index * index) % 47 / 5))]?.key ?? 'first';
  return record(index + 1, 'deal', `${customer?.title ?? ''}${wares[index % 6] ?? ''}项目`, { customer: customer?.id, amount: `${(index * 37) % 400 + 20}000.00`, currency: 'CNY', expected_close: at(20 - (index % 60)).slice(0, 10), intent_level: index % 2 ? 'high' : 'low', budget_range: index % 3 ? 'mid' : null }, { customer: customer?.title ?? '' }, where);
});
export const leads = Array.from({ length: 60 }, (_, index) => record(index + 1, 'lead', ['赵敏', '周杰', '吴倩', '郑强'][index % 4] ?? '', { company: customers[index]?.title, phone: `138${10000000 + index * 7919}`, source: index % 2 ? 'web' : 'fair' }, {}, ['new', 'contacted', 'mql', 'sql'][index % 4] ?? 'new'));
export const contactsOf = (customer: RecordItem) =>
  ['decision_maker', 'technical', 'user', null].map((role, index) => record(customer.id * 10 + index, 'contact', ['孙立军', '胡晓梅', '朱琳', '高峰'][index] ?? '', { customer: customer.id, title: ['院长', '检验科主任', '技师', '设备科'][index], phone: '13912345678', chain_role: role, attitude: ['champion', 'neutral', 'against', null][index] }, { customer: customer.title }, null));

const missing = (item: string, kind: MissingItem['kind'], text: string, en: string, where: string, message: string, expected: unknown = 'filled'): MissingItem => ({
  item, kind, name: zh(text, en), expected, actual: null, supplier: 'owner', supplier_name: zh('负责人', 'Owner'), where, verdict: 'not_met', message, rows: [], reason: null, why: { blueprint: 'deal', version: 1, stage: 'needs', gate: 'exit', words: zh('只认识一个人的商机最容易丢', 'Deals that know one person are lost first') },
});
export const move = (to: string, kind: Move['kind']): Move => ({
  to_stage: to, kind, needs_reason: kind === 'back' || kind === 'close', outcome_reasons: kind === 'close' ? [choice('price', '价格过高', 'Price'), choice('timing', '采购推迟', 'Postponed')] : [], decision: kind === 'forward' ? 'blocked' : 'allowed',
  missing: kind === 'forward' ? [
    missing('needs_budget', 'field', '选择预算区间', 'Choose the budget range', 'field:budget_range', '「预算区间」还没有填写。'),
    missing('needs_minutes', 'document', '上传首次访谈纪要', 'Upload the interview minutes', 'files:minutes', '需要 1 份，已有 0 份。', 1),
    missing('needs_roles', 'roles', '决策链至少覆盖 3 类角色', 'At least 3 decision-chain roles covered', 'contacts', '需要 3 类，已覆盖 1 类。', 3),
    missing('needs_checklist', 'checklist', '完成需求确认清单', 'Tick the needs checklist', 'checklist:needs', '还有 1 项没有勾选。', ['a', 'b']),
  ] : [],
});
export const process = {
  list: [{ key: 'deal', name: zh('标准商机流程', 'Standard deal process'), record_type: 'deal', versions: [{ number: 2, state: 'published', published_at: at(3), published_by: '管理员', running: 128 }, { number: 1, state: 'retired', published_at: at(90), published_by: '管理员', running: 12 }] }],
  version: { key: 'deal', name: zh('标准商机流程', 'Standard deal process'), record_type: 'deal', number: 1, stages: dealStages.map((one) => ({ ...one, checklist: [choice('a', '已画出决策链', 'Decision chain drawn')], entry: [], exit: move('x', 'forward').missing.map((item) => ({ key: item.item, kind: item.kind, name: item.name, document: item.kind === 'document' ? 'minutes' : null })), waiting_reasons: [choice('seal', '等待盖章', 'Waiting for the seal')], outcome_reasons: [] })), moves: [{ from_stage: 'first', to_stage: 'first_talk', kind: 'forward', needs_reason: false }] },
};

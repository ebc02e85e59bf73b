import type { Name } from '@/api/types';
import { channels, type Channel, type Definition, type Leave, type Step } from './definition';
import { everyStep, freshKey } from './steps';

export const kinds = ['wait', 'branch', ...channels, 'score', 'hand_over', 'end'] as const;
export type Kind = (typeof kinds)[number];
type Offered = { key: string; channel: string; version?: number | null };

/** The kind under which a step is offered: a step that sends is known by its channel. */
export function kindOf(step: Step): Kind {
  return step.kind === 'send' ? step.channel : step.kind;
}

const opened = { combinator: 'and' as const, rules: [{ field: 'nurture.opened_last', operator: '=', value: true }] };
/** Reasons and names that a new path begins with; they are data and stand in both languages. */
const names = {
  reads: { 'zh-CN': '读了我们的资料', 'en-US': 'Reads what we send' },
  taken: { 'zh-CN': '已有人跟进', 'en-US': 'Somebody took it' },
  firstMail: { 'zh-CN': '第一封邮件', 'en-US': 'First mail' },
  secondMail: { 'zh-CN': '第二封邮件', 'en-US': 'Second mail' },
  hasRead: { 'zh-CN': '打开了邮件？', 'en-US': 'Opened the mail?' },
};

/** A step as it is put into a path: ready to run where that is possible. */
export function newStep(steps: Step[], kind: Kind): Step {
  const key = freshKey(everyStep(steps).map((step) => step.key), kind);
  switch (kind) {
    case 'wait':
      return { key, kind, amount: 3, unit: 'days', basis: 'natural', until: null, until_working: false };
    case 'branch':
      return { key, kind, when: opened, then: [], else: [] };
    case 'score':
      return { key, kind, points: 10, reason: names.reads };
    case 'hand_over':
      return { key, kind, to: 'routing', role: null, note: null };
    case 'end':
      return { key, kind };
    default:
      return { key, kind: 'send', channel: kind, template: '' };
  }
}

/** When nobody wrote otherwise: whoever is taken over by a person leaves. */
export function newLeave(leaves: Leave[]): Leave {
  const taken = leaves.map((leave) => leave.key);
  if (taken.includes('taken')) return { key: freshKey(taken, 'leave'), name: { 'zh-CN': '离开', 'en-US': 'Leave' }, on: [], when: null };
  return { key: 'taken', name: names.taken, on: ['lead.assigned', 'lead.claimed'], when: null };
}

export const starters = ['welcome', 'wake', 'short'] as const;
export type Starter = (typeof starters)[number];

function send(key: string, channel: Channel, templates: Offered[], nth: number, name?: Name): Step {
  const fitting = templates.filter((template) => template.channel === channel && template.version !== null);
  return { key, kind: 'send', channel, template: fitting[nth]?.key ?? fitting.at(-1)?.key ?? '', ...(name ? { name } : {}) };
}

function wait(key: string, amount: number): Step {
  return { key, kind: 'wait', amount, unit: 'days', basis: 'natural', until: '09:30', until_working: true };
}

/** The steps of a path to begin with; the templates are the first that fit their channel. */
function stepsOf(starter: Starter, templates: Offered[]): Step[] {
  const handOver: Step = { key: 'hand_over', kind: 'hand_over', to: 'routing', role: null, note: null };
  const score: Step = { key: 'reads', kind: 'score', points: 10, reason: names.reads };
  const first = send('first_mail', 'mail', templates, 0, names.firstMail);
  const second = send('second_mail', 'mail', templates, 1, names.secondMail);
  if (starter === 'short') return [wait('wait', 1), first];
  if (starter === 'wake')
    return [send('message', 'wecom', templates, 0), wait('rest', 3), first, wait('rest_again', 5), { key: 'has_read', kind: 'branch', name: names.hasRead, when: opened, then: [score, handOver], else: [] }];
  return [
    wait('rest', 1),
    first,
    wait('rest_again', 3),
    { key: 'has_read', kind: 'branch', name: names.hasRead, when: opened, then: [score, handOver], else: [send('message', 'wecom', templates, 0), wait('last_rest', 5), second] },
  ];
}

/** A path to begin with, whole enough to be published once its templates are right. */
export function startedPath(starter: Starter, key: string, name: Name, templates: Offered[]): Definition {
  const on = starter === 'welcome' ? ['lead.created'] : [];
  return {
    key,
    name,
    record_type: 'lead',
    starts: { on, when: null, again_after_days: null },
    leaves: [newLeave([])],
    steps: stepsOf(starter, templates),
  };
}

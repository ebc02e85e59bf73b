import type { Name, NurtureTemplate } from '@/api/types';
import { completed } from '@/features/nurture/names';
import type { Channel } from '@/features/nurture/path/definition';

export const languages = ['zh-CN', 'en-US'] as const;
export type Language = (typeof languages)[number];
export type Text = { subject: string; body: string };
export type SmsCodes = { tencent: string; aliyun: string; params: string[] };
/** A template as the server keeps it. */
export type Definition = {
  key: string;
  name: Name;
  channel: Channel;
  topic: string;
  texts: Partial<Record<Language, Text>>;
  items: number[];
  sms?: SmsCodes;
};

const blank: Text = { subject: '', body: '' };

/** What the editor begins with: the draft, else what is published. */
export function definitionOf(template: NurtureTemplate): Definition {
  const given = (template.draft ?? template.current ?? {}) as Partial<Definition>;
  const channel = template.channel as Channel;
  const sms = { tencent: '', aliyun: '', params: [], ...given.sms };
  return {
    key: template.key,
    name: given.name ?? template.name,
    channel,
    topic: given.topic ?? template.topic,
    texts: Object.fromEntries(Object.entries(given.texts ?? {}).map(([language, text]) => [language, { ...blank, ...text }])),
    items: given.items ?? [],
    ...(channel === 'sms' ? { sms } : {}),
  };
}

/** What is sent: without a language in which nothing is written; short messages name their placeholders in order. */
export function sent(definition: Definition): Definition {
  const written = Object.entries(definition.texts)
    .filter(([, text]) => text.subject.trim() || text.body.trim())
    .map(([language, { subject, body }]) => [language, definition.channel === 'mail' ? { subject, body } : { body }]);
  const sms = definition.sms && { sms: { ...definition.sms, params: namedIn(definition) } };
  return { ...definition, name: completed(definition.name), texts: Object.fromEntries(written) as Definition['texts'], ...sms };
}

/** One language of a template with a part of it changed. */
export function withText(definition: Definition, language: Language, part: Partial<Text>): Definition {
  const before = definition.texts[language] ?? blank;
  return { ...definition, texts: { ...definition.texts, [language]: { ...before, ...part } } };
}

/** The placeholders that texts name, in the order in which they first stand: `{{name|您好}}` names `name`. */
export function namedIn(definition: Definition): string[] {
  const texts = languages.flatMap((language) => [definition.texts[language]?.subject ?? '', definition.texts[language]?.body ?? '']);
  const found = texts.flatMap((text) => [...text.matchAll(/\{\{\s*([a-z][a-z0-9_.]*)\s*(?:\|[^}]*)?\}\}/g)].map((match) => match[1] ?? ''));
  return [...new Set(found)];
}

/** A text with something put where the cursor stands, and where the cursor stands then. */
export function inserted(text: string, what: string, start: number, end = start): { text: string; cursor: number } {
  const from = Math.max(0, Math.min(start, text.length));
  return { text: text.slice(0, from) + what + text.slice(Math.max(from, end)), cursor: from + what.length };
}

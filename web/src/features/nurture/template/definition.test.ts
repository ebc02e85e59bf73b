import { expect, it } from 'vitest';
import type { NurtureTemplate } from '@/api/types';
import { definitionOf, inserted, namedIn, sent, withText } from './definition';

const mail = { key: 'hello', name: { 'zh-CN': '问候', 'en-US': 'Hello' }, channel: 'mail', topic: 'product', draft: null, current: null } as unknown as NurtureTemplate;

it('begins with what is drafted, else what is published, else nothing', () => {
  expect(definitionOf(mail).texts).toEqual({});
  const published = { ...mail, current: { texts: { 'zh-CN': { subject: '您好', body: '正文' } } } } as unknown as NurtureTemplate;
  expect(definitionOf(published).texts['zh-CN']?.subject).toBe('您好');
  expect(definitionOf({ ...published, draft: { texts: {} } } as unknown as NurtureTemplate).texts).toEqual({});
});

it('gives only short messages the codes of their providers', () => {
  expect(definitionOf(mail)).not.toHaveProperty('sms');
  expect(definitionOf({ ...mail, channel: 'sms' } as unknown as NurtureTemplate).sms).toEqual({ tencent: '', aliyun: '', params: [] });
});

it('sends a subject with mails alone', () => {
  const kept = { ...mail, channel: 'wecom', current: { texts: { 'zh-CN': { body: '您好' } } } } as unknown as NurtureTemplate;
  expect(definitionOf(kept).texts['zh-CN']).toEqual({ subject: '', body: '您好' });
  expect(sent(definitionOf(kept)).texts).toEqual({ 'zh-CN': { body: '您好' } });
});

it('leaves out a language in which nothing is written', () => {
  const both = withText(withText(definitionOf(mail), 'zh-CN', { body: '您好' }), 'en-US', { body: ' ' });
  expect(Object.keys(sent(both).texts)).toEqual(['zh-CN']);
});

it('finds placeholders once, in their order, with and without a fallback', () => {
  const text = withText(definitionOf(mail), 'zh-CN', { subject: '{{name|您好}}', body: '{{company}} {{ name }} {{item:3}} {{field.budget_range}}' });
  expect(namedIn(text)).toEqual(['name', 'company', 'field.budget_range']);
});

it('puts text where the cursor stands', () => {
  expect(inserted('您好，', '{{name}}', 2)).toEqual({ text: '您好{{name}}，', cursor: 10 });
  expect(inserted('abc', 'X', 1, 2)).toEqual({ text: 'aXc', cursor: 2 });
  expect(inserted('abc', 'X', 99)).toEqual({ text: 'abcX', cursor: 4 });
});

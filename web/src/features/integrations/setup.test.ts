import { expect, it } from 'vitest';
import type { Integration } from '@/api/types';
import { partsOf, touchedSettings } from './setup';

const field = (key: string, part: Integration['fields'][number]['part'], is_secret = false) => ({ key, part, is_secret, name: {}, is_required: false, is_set: false, default: '' });
const fields = [field('token', 'callback', true), field('corp_id', 'account'), field('secret', 'account', true)];

it('groups settings in the order of setting up', () => {
  expect(partsOf(fields).map(([part, of]) => [part, of.map((one) => one.key)])).toEqual([
    ['account', ['corp_id', 'secret']],
    ['callback', ['token']],
  ]);
});

it('sends what was touched, and no secret that was left alone', () => {
  const before = { fields, settings: { corp_id: 'ww1' } };
  expect(touchedSettings(before, { corp_id: 'ww1', secret: '' })).toEqual({});
  expect(touchedSettings(before, { corp_id: '', secret: 's ' })).toEqual({ corp_id: '', secret: 's' });
});

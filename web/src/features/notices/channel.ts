import type { ChannelField } from '@/api/types';

export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;

/** Whether a setting has a meaning with what else is chosen. */
export function isWanted(field: Pick<ChannelField, 'only_for'>, values: Values): boolean {
  return Object.entries(field.only_for).every(([key, wanted]) => wanted.includes(String(values[key] ?? '')));
}

/** The settings that were touched; a secret left empty stays as it is. */
export function touchedOf(fields: Pick<ChannelField, 'key' | 'kind'>[], before: Values, now: Values): Values {
  const changed = fields.filter((field) => (field.kind === 'secret' ? Boolean(now[field.key]) : now[field.key] !== before[field.key]));
  return Object.fromEntries(changed.map((field) => [field.key, now[field.key] === '' ? null : (now[field.key] ?? null)]));
}

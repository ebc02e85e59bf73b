import type { Integration } from '@/api/types';

type Field = Integration['fields'][number];
const order: Field['part'][] = ['account', 'sync', 'sign_in', 'callback'];

/** Settings by what they are for, in the order in which one sets a provider up. */
export function partsOf(fields: Field[]): [Field['part'], Field[]][] {
  return order.map((part): [Field['part'], Field[]] => [part, fields.filter((field) => field.part === part)]).filter(([, of]) => of.length > 0);
}

/** The settings that were touched; a secret that is left empty stays as it is. */
export function touchedSettings(before: Pick<Integration, 'fields' | 'settings'>, values: Record<string, string>): Record<string, string> {
  const touched = before.fields.filter((field) => {
    const now = values[field.key] ?? '';
    return field.is_secret ? now !== '' : now !== (before.settings[field.key] ?? '');
  });
  return Object.fromEntries(touched.map((field) => [field.key, (values[field.key] ?? '').trim()]));
}

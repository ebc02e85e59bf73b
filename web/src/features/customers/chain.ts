import type { FieldMeta, RecordItem } from '@/api/types';

export type ChainRole = { key: string; people: RecordItem[] };

/** Every role a decision can have, with the people who hold it; those without people stay. */
export function chainOf(role: FieldMeta | undefined, contacts: RecordItem[]): ChainRole[] {
  return (role?.choices ?? []).map((choice) => ({
    key: choice.key,
    people: contacts.filter((contact) => contact.values['chain_role'] === choice.key),
  }));
}

export type Tier = 'decide' | 'shape' | 'use';

/** Where in the chart a role stands: those who decide above, those who use below. */
export function tierOf(role: string): Tier {
  if (role === 'decision_maker') return 'decide';
  return role === 'user' || role === 'opponent' ? 'use' : 'shape';
}

import { isBlank, type Item } from '@/phone/outbox/items';
import { outboxOf } from '@/phone/outbox/outbox';
import { newId } from './photos';
import { recentFix } from './whereabouts';

/** Whom or what a follow-up is about. */
export type Target = Pick<Item, 'record' | 'stage' | 'customer'>;

/** Begins a follow-up and keeps it from the first moment; gives its id. What was opened and left blank makes room. */
export async function beginFollowUp(person: number, target: Target, kind = 'visit'): Promise<string> {
  const outbox = outboxOf(person);
  for (const blank of (await outbox.all()).filter(isBlank)) await outbox.discard(blank);
  void navigator.storage?.persist?.().catch(() => false);
  const now = new Date();
  const item: Item = {
    ...target,
    client_id: newId(),
    state: 'writing',
    kind,
    contact_id: null,
    at: now.toISOString(),
    text: '',
    ticks: [],
    next_at: null,
    store: {},
    place: recentFix(),
    photos: [],
    changed_at: now.getTime(),
    tries: 0,
    problem: null,
    server: null,
  };
  await outbox.save(item);
  return item.client_id;
}

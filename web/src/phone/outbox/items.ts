import type { Fix } from '@/phone/platform/platform';

/**
 * What becomes of a follow-up on this phone: written, finished and not sent yet, with the server as a draft,
 * refused for a reason that sending again does not heal, or counted.
 */
export type ItemState = 'writing' | 'waiting' | 'draft' | 'stuck' | 'sent';

export type Missing = { item: string; name: Record<string, string>; shortfall: string };

/** Why the server did not take it, in its words. */
export type ItemProblem = { status: number; code: string; message: string };

/** A picture or other file of an item; `kind` is the key of the evidence that it proves. */
export type PhotoMark = { client_id: string; kind: string; name: string };

/** A follow-up as it lies on this phone, under an id that it got here. */
export type Item = {
  client_id: string;
  state: ItemState;
  kind: string;
  record: { type: string; id: number; title: string };
  stage: string | null;
  customer: { id: number; name: string } | null;
  contact_id: number | null;
  at: string;
  text: string;
  ticks: string[];
  next_at: string | null;
  /** Further texts that a standard asks for, by their keys. */
  store: Record<string, string>;
  place: Fix | null;
  photos: PhotoMark[];
  changed_at: number;
  tries: number;
  problem: ItemProblem | null;
  /** What the server has of it: a draft is completed there, not sent anew. */
  server: { id: number; version: number; missing: Missing[] } | null;
};

/** A picture that belongs to an item, until the server has taken the item. */
export type Photo = {
  client_id: string;
  item: string;
  kind: string;
  name: string;
  type: string;
  bytes: ArrayBuffer;
  taken_at: string | null;
  isSent: boolean;
};

/** What the server is told of an item. */
export type Report = {
  client_id: string;
  kind: string;
  record: { type: string; id: number };
  contact_id: number | null;
  at: string;
  device_now: string;
  text: string;
  ticks: string[];
  next_at: string | null;
  store: Record<string, string>;
  place: Fix | null;
  uploads: string[];
  via: 'phone';
};

export function reportOf(item: Item, now: number): Report {
  return {
    client_id: item.client_id,
    kind: item.kind,
    record: { type: item.record.type, id: item.record.id },
    contact_id: item.contact_id,
    at: item.at,
    device_now: new Date(now).toISOString(),
    text: item.text.trim(),
    ticks: item.ticks,
    next_at: item.next_at,
    store: item.store,
    place: item.place,
    uploads: item.photos.map((photo) => photo.client_id),
    via: 'phone',
  };
}

/** Whether nothing was written into it yet: it was opened and left. */
export function isBlank(item: Item): boolean {
  const { state, text, ticks, next_at, photos, store } = item;
  return state === 'writing' && !text.trim() && ticks.length === 0 && !next_at && photos.length === 0 && !Object.values(store).some(Boolean);
}

/** Whether something would be lost if this phone forgot the item. */
export function isUnsent(item: Item): boolean {
  return item.state !== 'sent' && item.state !== 'draft' && !isBlank(item);
}

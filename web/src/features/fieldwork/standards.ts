import type { Name } from '@/api/types';

export type EvidenceItem = { key: string; kind: string; name: Name; at_least?: number | null; max_length?: number | null };

/** A published follow-up standard, as far as a screen needs it. */
export type Standard = {
  key: string;
  version: number;
  name: Name;
  kinds: string[];
  unit_ids: number[] | null;
  record_type: string | null;
  stages: string[] | null;
  at_least: number | null;
  items: EvidenceItem[];
};

/** What is followed up and how; `units` are the author's unit and those above it, the nearest first. */
export type Contact = { kind: string; record_type: string; stage: string | null; units: readonly number[] };

/** What somebody has so far. `files` and `store` go by the key of the item that they prove. */
export type Evidence = {
  at: string;
  text: string;
  ticks: readonly string[];
  next_at: string | null;
  has_place: boolean;
  files: Readonly<Record<string, number>>;
  store: Readonly<Record<string, string>>;
};

export type Lack = { item: EvidenceItem; shortfall: 'absent' | 'too_few' | 'too_long' | 'not_later' };

/** The text item that the follow-up's own text proves, as the server has it; other texts stand in its store. */
export const mainText = 'pain';

/** A text's length as the server counts it: in code points, not in UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

function rank(standard: Standard, contact: Contact): number[] | null {
  const { kinds, record_type, stages, unit_ids } = standard;
  if (kinds.length > 0 && !kinds.includes(contact.kind)) return null;
  if (record_type !== null && record_type !== contact.record_type) return null;
  if (stages !== null && !stages.includes(contact.stage ?? '')) return null;
  const far = contact.units.findIndex((unit) => unit_ids?.includes(unit));
  if (unit_ids !== null && far < 0) return null;
  return [stages === null ? 1 : 0, unit_ids === null ? contact.units.length : far, record_type === null ? 1 : 0, kinds.length === 0 ? 1 : 0];
}

/** The standard that a contact is held to: a stage says more than a team, of two teams the nearer one, that more than a type of record, that more than the kind alone. */
export function standardFor(standards: readonly Standard[], contact: Contact): Standard | null {
  const fitting = standards.flatMap((standard) => {
    const found = rank(standard, contact);
    return found ? [{ standard, rank: found.map((part) => String(part).padStart(3, '0')).join('') }] : [];
  });
  fitting.sort((one, other) => one.rank.localeCompare(other.rank) || one.standard.key.localeCompare(other.standard.key));
  return fitting[0]?.standard ?? null;
}

function textShortfall(item: EvidenceItem, text: string): Lack['shortfall'] | null {
  const length = lengthOf(text);
  if (item.max_length && length > item.max_length) return 'too_long';
  return length === 0 ? 'absent' : null;
}

function shortfall(item: EvidenceItem, evidence: Evidence): Lack['shortfall'] | null {
  switch (item.kind) {
    case 'files': {
      const count = evidence.files[item.key] ?? 0;
      if (count >= (item.at_least ?? 1)) return null;
      return count ? 'too_few' : 'absent';
    }
    case 'text':
      return textShortfall(item, item.key === mainText ? evidence.text : (evidence.store[item.key] ?? ''));
    case 'next_date':
      if (!evidence.next_at) return 'absent';
      return Date.parse(evidence.next_at) > Date.parse(evidence.at) ? null : 'not_later';
    case 'place':
      return evidence.has_place ? null : 'absent';
    default:
      return evidence.ticks.includes(item.key) ? null : 'absent';
  }
}

/** What a follow-up lacks by a standard, and how many of these it takes; the server judges in the end. */
export function lacking(standard: Standard, evidence: Evidence): { lacks: Lack[]; needed: number } {
  const lacks = standard.items.flatMap((item) => {
    const found = shortfall(item, evidence);
    return found ? [{ item, shortfall: found }] : [];
  });
  const wanted = standard.at_least ?? standard.items.length;
  const needed = Math.max(0, wanted - (standard.items.length - lacks.length));
  return { lacks: needed ? lacks : [], needed };
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether a text consists of nothing but phrases that say nothing (D08). */
export function isStock(text: string, phrases: readonly string[]): boolean {
  let left = plain(text);
  const known = phrases.map(plain).filter(Boolean).sort((one, other) => other.length - one.length);
  if (!left) return false;
  for (;;) {
    const found = known.find((phrase) => left.startsWith(phrase));
    if (!found) return false;
    left = left.slice(found.length);
    if (!left) return true;
  }
}

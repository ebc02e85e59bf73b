import { lacking, standardFor, type Evidence, type Lack, type Standard } from '@/features/fieldwork/standards';
import type { Item } from '@/phone/outbox/items';

/** What an item holds, as standards ask for it. */
export function evidenceOf(item: Item): Evidence {
  const files: Record<string, number> = {};
  for (const { kind } of item.photos) files[kind] = (files[kind] ?? 0) + 1;
  const { at, text, ticks, next_at, store } = item;
  return { at, text, ticks, next_at, store, files, has_place: item.place !== null };
}

type Rules = { standards: readonly Standard[]; units: readonly number[] };
export type Judged = { standard: Standard | null; lacks: Lack[]; needed: number };

/** What an item lacks by the standard that holds for it, judged on the phone. */
export function judged(item: Item, { standards, units }: Rules): Judged {
  const standard = standardFor(standards, { kind: item.kind, record_type: item.record.type, stage: item.stage, units });
  return standard ? { standard, ...lacking(standard, evidenceOf(item)) } : { standard: null, lacks: [], needed: 0 };
}

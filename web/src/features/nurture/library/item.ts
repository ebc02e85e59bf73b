import type { NurtureItem, NurtureItemBody } from '@/api/types';
import { completed } from '@/features/nurture/names';

export const itemKinds = ['document', 'video', 'article', 'case', 'other'] as const;

/** What is written of an item: as it is kept, or blank. */
export function bodyOf(item: NurtureItem | null): NurtureItemBody {
  if (!item) return { title: { 'zh-CN': '', 'en-US': '' }, kind: 'document', topic: '', language: '', tags: [], url: '' };
  const { kind, topic, language, tags, url } = item;
  return { title: completed(item.title), kind, topic, language, tags, url: url ?? '' };
}

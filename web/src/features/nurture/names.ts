import type { Name } from '@/api/types';

export type Names = { 'zh-CN': string; 'en-US': string };

/** A name that is complete: what was left blank says the same as the other. */
export function completed(name: Name): Names {
  const zh = name['zh-CN']?.trim() ?? '';
  const en = name['en-US']?.trim() ?? '';
  return { 'zh-CN': zh || en, 'en-US': en || zh };
}

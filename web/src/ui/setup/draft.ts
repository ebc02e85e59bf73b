import { useState } from 'react';

export type Names = { 'zh-CN': string; 'en-US': string };
export const LANGUAGES = ['zh-CN', 'en-US'] as const;
export const NO_NAMES: Names = { 'zh-CN': '', 'en-US': '' };

/** What is being written of a configuration; a reload or the back button does not lose it. */
export function useSetupDraft<D>(name: string, held: D): { draft: D; isChanged: boolean; set: (draft: D) => void; drop: () => void } {
  const place = `setup:${name}`;
  const [draft, setDraft] = useState<D | null>(() => kept<D>(place));
  return {
    draft: draft ?? held,
    isChanged: draft !== null && JSON.stringify(draft) !== JSON.stringify(held),
    set: (next) => {
      sessionStorage.setItem(place, JSON.stringify(next));
      setDraft(next);
    },
    drop: () => {
      sessionStorage.removeItem(place);
      setDraft(null);
    },
  };
}

function kept<D>(place: string): D | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as D | null;
  } catch {
    return null;
  }
}

/** A key for something new: what people see is its name. */
export function freshKey(word: string, taken: { key: string }[]): string {
  const keys = new Set(taken.map((one) => one.key));
  let number = taken.length + 1;
  while (keys.has(`${word}_${number}`)) number += 1;
  return `${word}_${number}`;
}

/** A list with one of its things changed, or left out. */
export function replaced<T>(list: T[], place: number, next: T | null): T[] {
  return list.flatMap((one, at) => (at === place ? (next === null ? [] : [next]) : [one]));
}

/** A list with one of its things moved up (-1) or down (1). */
export function shifted<T>(list: T[], place: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(place, 1);
  if (one !== undefined) next.splice(place + by, 0, one);
  return next;
}

/** What a problem's place (a JSON Pointer) belongs to: the names of the things on its way. */
export function thingsAt(definition: unknown, path: string, name: (names: Names) => string): string[] {
  const found: string[] = [];
  let here = definition;
  for (const part of path.split('/').slice(1)) {
    here = here && typeof here === 'object' ? (here as Record<string, unknown>)[part] : undefined;
    const names = here && typeof here === 'object' && 'name' in here ? (here as { name?: Names }).name : undefined;
    if (names) found.push(name(names) || `${Number(part) + 1}`);
  }
  return found;
}

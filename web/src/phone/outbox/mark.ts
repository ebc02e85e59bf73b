import { useSyncExternalStore } from 'react';

/** How much lies in somebody's outbox, known without opening it: pages start with it. */
export type Mark = { waiting: number; unfinished: number; stuck: number };

const none: Mark = { waiting: 0, unfinished: 0, stuck: 0 };
const listeners = new Set<() => void>();
const keyOf = (person: number) => `closeloop.outbox.${person}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

function parse(text: string | null): Mark {
  return text ? { ...none, ...(JSON.parse(text) as Partial<Mark>) } : none;
}

export function markOf(person: number): Mark {
  return parse(localStorage.getItem(keyOf(person)));
}

export function setMark(person: number, mark: Mark): void {
  localStorage.setItem(keyOf(person), JSON.stringify(mark));
  listeners.forEach((listener) => {
    listener();
  });
}

/** What lies in the outbox, as it changes here or in another page. */
export function useMark(person: number): Mark {
  return parse(useSyncExternalStore(subscribe, () => localStorage.getItem(keyOf(person))));
}

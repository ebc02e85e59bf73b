import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { problemOf } from '@/api/problem';

const listeners = new Set<() => void>();
let isReached = true;

function told(reached: boolean): void {
  if (reached === isReached) return;
  isReached = reached;
  listeners.forEach((listener) => {
    listener();
  });
}

/** Watches whether answers arrive: a phone may believe in its network while nothing comes through. */
export function watchAnswers(cache: QueryClient): void {
  cache.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { action } = event;
    if (action.type === 'success' && !action.manual) told(true);
    else if (action.type === 'failed' || action.type === 'error') told(problemOf(action.error)?.status !== 0);
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Whether the phone has network that leads to the server. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && isReached);
}

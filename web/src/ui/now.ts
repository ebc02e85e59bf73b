import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    listeners.forEach((each) => {
      each();
    });
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time now, in steps of a length that may depend on it; what asks is drawn again only when a step is over. */
export function useNow(stepAt: (now: number) => number): number {
  return useSyncExternalStore(subscribe, () => {
    const now = Date.now();
    const step_ms = stepAt(now);
    return Math.floor(now / step_ms) * step_ms;
  });
}

import { useSyncExternalStore } from 'react';

const phone = matchMedia('(max-width: 767px)');
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

function watch(query: MediaQueryList) {
  return (listener: () => void) => {
    query.addEventListener('change', listener);
    return () => {
      query.removeEventListener('change', listener);
    };
  };
}

/** Whether the window is as narrow as a phone. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(watch(phone), () => phone.matches);
}

/** Whether the reader asked for less motion. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(watch(reduced), () => reduced.matches);
}

import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** The address of a record's page; `focus` names the place on it, such as `field:amount`. */
export function recordPath(type: string, id: number, focus?: string): string {
  return `/r/${type}/${id}${focus ? `?focus=${encodeURIComponent(focus)}` : ''}`;
}

/** The address of a list, with any state of it. */
export function listPath(type: string, state: Record<string, string> = {}): string {
  const query = new URLSearchParams(state).toString();
  return `/r/${type}${query ? `?${query}` : ''}`;
}

/** View state kept in the address bar; a value that is null or empty leaves it. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const get = useCallback((key: string) => params.get(key) ?? '', [params]);
  const set = useCallback(
    (change: Record<string, string | null | undefined>, replace = false) => {
      setParams(
        () => {
          // The router hands over what was there at the last drawing; two changes in a row need the newest.
          const after = new URLSearchParams(location.search);
          for (const [key, value] of Object.entries(change)) {
            if (value) after.set(key, value);
            else after.delete(key);
          }
          return after;
        },
        { replace },
      );
    },
    [setParams],
  );
  return useMemo(() => ({ get, set, params }), [get, set, params]);
}

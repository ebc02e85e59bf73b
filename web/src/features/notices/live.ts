import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/api/queries';
import { useSession } from '@/features/identity/session';

/** What is asked for again when the server says that something of this kind happened. */
const touched: Record<string, readonly (readonly unknown[])[]> = {
  notice: [['notices']],
  clock: [['clocks'], ['workbench'], keys.today],
  approval: [['approvals'], ['record'], keys.today],
};
export const poll_ms = 30_000;

function refresh(cache: QueryClient, kind: string): void {
  for (const queryKey of touched[kind] ?? []) void cache.invalidateQueries({ queryKey });
}

/** Listens to the server; gives how often to ask instead while there is nothing to listen to. */
export function useLive(): number | false {
  const cache = useQueryClient();
  const url = useSession().data?.live_url ?? null;
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (!url) return;
    const source = new EventSource(`${url}/live`, { withCredentials: true });
    let wasLost = false;
    source.onopen = () => {
      setHeard(true);
      // What happened while nobody listened is asked for once.
      if (wasLost) Object.keys(touched).forEach((kind) => { refresh(cache, kind); });
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      setHeard(false);
    };
    for (const kind of Object.keys(touched)) {
      source.addEventListener(kind, () => {
        refresh(cache, kind);
      });
    }
    return () => {
      source.close();
      setHeard(false);
    };
  }, [url, cache]);
  return heard ? false : poll_ms;
}

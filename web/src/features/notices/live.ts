import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/api/queries';
import { useSession } from '@/features/identity/session';

/** What is asked for again when the server says that something of this kind happened. */
const touched: Record<string, readonly (readonly unknown[])[]> = {
  notice: [['notices']],
  // Badges stand in lists, on boards and on the page of a record, which tell them with the records.
  clock: [['clocks'], ['workbench'], keys.today, ['records'], ['record']],
  approval: [['approvals'], ['record'], keys.today],
  figures: [['metrics', 'figures'], ['metrics', 'panels']],
};
export const poll_ms = 30_000;
const together_ms = 300;

/** Asks again for what the kinds touch; what is said in quick succession is asked for once. */
export function refresher(cache: QueryClient): (kind: string) => void {
  const waiting = new Set<string>();
  return (kind) => {
    if (waiting.size === 0) {
      setTimeout(() => {
        const wanted = new Map([...waiting].flatMap((each) => touched[each] ?? []).map((key) => [key.join(), key]));
        waiting.clear();
        for (const queryKey of wanted.values()) void cache.invalidateQueries({ queryKey });
      }, together_ms);
    }
    waiting.add(kind);
  };
}

/** Listens to the server; gives how often to ask instead while there is nothing to listen to. */
export function useLive(): number | false {
  const cache = useQueryClient();
  const url = useSession().data?.live_url ?? null;
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (!url) return;
    const source = new EventSource(`${url}/live`, { withCredentials: true });
    const refresh = refresher(cache);
    let wasLost = false;
    source.onopen = () => {
      setHeard(true);
      // What happened while nobody listened is asked for once.
      if (wasLost) Object.keys(touched).forEach(refresh);
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      setHeard(false);
    };
    for (const kind of Object.keys(touched)) {
      source.addEventListener(kind, () => {
        refresh(kind);
      });
    }
    return () => {
      source.close();
      setHeard(false);
    };
  }, [url, cache]);
  return heard ? false : poll_ms;
}

import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Session } from '@/api/types';
import { common, databaseOf, type Database } from './database';

const day_ms = 86_400_000;

/** How many days an answer of the server opens pages without network, by the first word of its key. */
const days: Record<string, number> = { session: 14, meta: 14, today: 3, 'followup-options': 30, 'followup-customers': 14 };

type Kept = { key: readonly unknown[]; data: unknown; at: number };

function isFresh(kept: Kept, now: number): boolean {
  return now - kept.at < (days[String(kept.key[0])] ?? 0) * day_ms;
}

function put(database: Database, name: string, kept: Kept): Promise<unknown> {
  return database.run(['answers'], 'readwrite', ({ answers }) => answers?.put(kept, name));
}

async function all(database: Database): Promise<Kept[]> {
  return (await database.run<unknown[]>(['answers'], 'readonly', ({ answers }) => answers?.getAll())) as Kept[];
}

function personIn(data: unknown): number | null {
  return (data as Session | undefined)?.user?.id ?? null;
}

/** Puts back what the server said last to the person who was here last; gives who that is. */
export async function restoreAnswers(cache: QueryClient, now = Date.now()): Promise<number | null> {
  try {
    const session = (await all(common)).find((kept) => isFresh(kept, now));
    const person = personIn(session?.data);
    if (!session || person === null) return null;
    const theirs = (await all(databaseOf(person))).filter((kept) => isFresh(kept, now));
    for (const kept of [session, ...theirs]) cache.setQueryData(kept.key, kept.data, { updatedAt: kept.at });
    return person;
  } catch {
    return null; // A browser that keeps nothing still works with network.
  }
}

/** Keeps each answer that pages without network need, as it arrives. */
export function keepAnswers(cache: QueryClient): void {
  const quietly = (writing: Promise<unknown>) => void writing.catch(() => undefined);
  cache.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return;
    const { queryKey: key, queryHash, state } = event.query;
    if (!days[String(key[0])]) return;
    const kept = { key, data: state.data, at: state.dataUpdatedAt };
    const person = personIn(cache.getQueryData(keys.session));
    if (key[0] !== keys.session[0]) {
      if (person !== null) quietly(put(databaseOf(person), queryHash, kept));
    } else if (person === null) quietly(forgetSession());
    else quietly(put(common, 'session', kept));
  });
}

function forgetSession(): Promise<unknown> {
  return common.run(['answers'], 'readwrite', ({ answers }) => answers?.clear());
}

/** Forgets what was kept for a person who signs out. */
export async function forgetAnswers(person: number): Promise<void> {
  await forgetSession();
  await databaseOf(person).run(['answers'], 'readwrite', ({ answers }) => answers?.clear());
}

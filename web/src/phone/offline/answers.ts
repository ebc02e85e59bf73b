import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Session } from '@/api/types';
import { common, databaseOf, type Database } from './database';

const day_ms = 86_400_000;

/** How many days an answer of the server opens pages without network, by the first word of its key, or its first two. */
const days: Record<string, number> = { session: 14, meta: 14, today: 3, 'followup-options': 30, 'followup-customers': 14, 'saleslog options': 14 };

type Kept = { key: QueryKey; data: unknown; at: number };

function daysOf(key: QueryKey): number {
  return days[String(key[0])] ?? days[`${String(key[0])} ${String(key[1])}`] ?? 0;
}

function isFresh(kept: Kept, now: number): boolean {
  return now - kept.at < daysOf(kept.key) * day_ms;
}

function isSession(key: QueryKey): boolean {
  return key[0] === keys.session[0];
}

function put(database: Database, name: string, kept: Kept): void {
  database.run(['answers'], 'readwrite', ({ answers }) => answers?.put(kept, name)).catch(() => undefined);
}

async function all(database: Database): Promise<Kept[]> {
  return (await database.run<unknown[]>(['answers'], 'readonly', ({ answers }) => answers?.getAll())) as Kept[];
}

function personIn(data: unknown): number | null {
  return (data as Session | undefined)?.user?.id ?? null;
}

/** Puts back what the server said last to the person who was here last; all of it is asked for again. */
export async function restoreAnswers(cache: QueryClient, now = Date.now()): Promise<void> {
  try {
    const session = (await all(common)).find((kept) => isFresh(kept, now));
    const person = personIn(session?.data);
    if (!session || person === null) return;
    const theirs = (await all(databaseOf(person))).filter((kept) => isFresh(kept, now));
    for (const { key, data } of [session, ...theirs]) if (cache.getQueryData(key) === undefined) cache.setQueryData(key, data, { updatedAt: 0 });
  } catch {
    return; // A browser that keeps nothing still works with network.
  }
}

/**
 * Keeps each answer that pages without network need, for the person whom the server has named since the start:
 * until it has, nobody knows whose an answer is. Where it names another one, nothing of the first stays.
 */
export function keepAnswers(cache: QueryClient): void {
  let named: number | null = null;
  const keep = (key: QueryKey, name: string, data: unknown, at: number) => {
    if (named !== null && at > 0) put(databaseOf(named), name, { key, data, at });
  };
  const meet = (data: unknown, at: number, before: number | null) => {
    named = personIn(data);
    if (named === null) void forgetSession().catch(() => undefined);
    else put(common, 'session', { key: keys.session, data, at });
    const others = { predicate: (query: { queryKey: QueryKey }) => !isSession(query.queryKey) };
    if (before !== null && before !== named) void cache.resetQueries(others);
    else for (const query of cache.getQueryCache().findAll(others)) if (daysOf(query.queryKey)) keep(query.queryKey, query.queryHash, query.state.data, query.state.dataUpdatedAt);
  };
  let seen: number | null = null;
  cache.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const { queryKey, queryHash, state } = event.query;
    if (isSession(queryKey)) {
      const before = seen;
      seen = personIn(state.data);
      if (!event.action.manual) meet(state.data, state.dataUpdatedAt, before);
    } else if (!event.action.manual && daysOf(queryKey)) keep(queryKey, queryHash, state.data, state.dataUpdatedAt);
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

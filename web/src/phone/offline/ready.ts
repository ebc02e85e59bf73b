import type { QueryClient } from '@tanstack/react-query';
import { optionsQuery, ownCustomersQuery } from '@/features/fieldwork/followups';
import { purposesQuery } from '@/features/privacy/purposes';
import { logOptionsQuery } from '@/features/saleslog/queries';

/** Asks for what a corridor without network needs, while there is one. */
export async function makeReady(cache: QueryClient, person: number): Promise<void> {
  await Promise.all([cache.prefetchQuery(optionsQuery), cache.prefetchQuery(ownCustomersQuery), cache.prefetchQuery(purposesQuery(person)), cache.prefetchQuery(logOptionsQuery)]);
}

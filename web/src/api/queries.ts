import { QueryClient } from '@tanstack/react-query';
import { problemOf } from './problem';

function mayHeal(error: unknown): boolean {
  const status = problemOf(error)?.status;
  return status === undefined || status === 0 || status >= 500;
}

/** One cache for everything the server said; only what may heal is tried again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && mayHeal(error),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}

/** Names of cache entries; every key begins with what it holds. */
export const keys = {
  session: ['session'] as const,
  meta: ['meta'] as const,
  records: (type: string) => ['records', type] as const,
  list: (type: string, query: object) => ['records', type, 'list', query] as const,
  board: (type: string, query: object) => ['records', type, 'board', query] as const,
  record: (type: string, id: number) => ['record', type, id] as const,
  part: (type: string, id: number, part: string) => ['record', type, id, part] as const,
  views: (type: string) => ['views', type] as const,
  today: ['today'] as const,
  exceptions: ['exceptions'] as const,
  clocks: ['clocks'] as const,
  tasks: ['tasks'] as const,
  documents: ['documents'] as const,
  workbench: ['workbench'] as const,
};

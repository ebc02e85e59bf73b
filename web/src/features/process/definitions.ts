import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export function useProcesses() {
  return useQuery({
    queryKey: ['processes'],
    queryFn: () => body(client.GET('/api/processes')),
    staleTime: 60_000,
  });
}

/** One frozen version of a process with its stages, gates and moves. */
export function useProcessVersion(key: string | undefined, number: number | undefined) {
  return useQuery({
    queryKey: ['processes', key, number],
    enabled: key !== undefined && number !== undefined,
    queryFn: () =>
      body(client.GET('/api/processes/{key}/versions/{number}', { params: { path: { key: key ?? '', number: number ?? 0 } } })),
    staleTime: Infinity,
  });
}

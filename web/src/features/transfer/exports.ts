import { useMutation, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ExportWish } from '@/api/types';

/** Asks for a list as a file; who asked, and for what, is logged. */
export function useAskExport() {
  return useMutation({ mutationFn: (wish: ExportWish) => body(client.POST('/api/exports', { body: wish })) });
}

/** One export; until it is written it is asked for every second. */
export function useExport(id: number | undefined) {
  return useQuery({
    queryKey: ['exports', id],
    enabled: id !== undefined,
    queryFn: () => body(client.GET('/api/exports/{export_id}', { params: { path: { export_id: id ?? 0 } } })),
    refetchInterval: (query) => (query.state.data && ['done', 'failed'].includes(query.state.data.state) ? false : 1000),
  });
}

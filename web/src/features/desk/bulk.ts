import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { BulkBody } from '@/api/types';
import { forget } from '@/features/records/queries';

/** Which records a bulk change is for: those ticked, or all that a list shows. */
export type BulkTarget = Pick<BulkBody, 'ids' | 'filter' | 'q' | 'stage' | 'mine'>;

export function theseRecords(ids: number[]): BulkTarget {
  return { ids, filter: null, q: '', stage: null, mine: false };
}

/** Changes many records by one wish; each still passes its gates and permissions by itself. */
export function useBulk(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: BulkBody) =>
      body(client.POST('/api/records/{record_type}/bulk', { params: { path: { record_type: type } }, body: wish })),
    onSettled: () => {
      forget(cache, type);
      void cache.invalidateQueries({ queryKey: ['record', type] });
    },
  });
}

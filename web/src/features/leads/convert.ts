import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { forget } from '@/features/records/queries';

/** Whether a move of this record is its conversion: a lead is won by becoming customer, contact and deal. */
export function isConversion(type: TypeMeta, stage: string): boolean {
  return type.key === 'lead' && stageOf(type, stage)?.kind === 'won';
}

type Values = Record<string, unknown>;
type Wish = { customer_id: number | null; customer: Values | null; contact: Values; deal: Values | null };

/** Converts a lead under its gate; a locked one answers with every missing item. */
export function useConvert(lead: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) =>
      body(client.POST('/api/leads/{lead_id}/convert', { params: { path: { lead_id: lead } }, body: wish })),
    onSettled: () => {
      forget(cache, 'lead', lead);
      for (const type of ['customer', 'contact', 'deal']) forget(cache, type);
    },
  });
}

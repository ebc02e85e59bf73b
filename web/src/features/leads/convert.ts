import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { forget } from '@/features/records/queries';

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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { FlowRow } from '@/api/types';
import { forget } from '@/features/records/queries';
import { useFlowsAs } from './flow/flows';
import { spoken, type Wish } from './request';

/** What an approval is asked for by hand: which flow, about which record, under which title. */
export type Request = Wish & { flow: string; record_type: string | null; record_id: number | null; title: string };

/** The flows that may be entered now: about records of one type, or any where no record is given. */
export function useOpenFlows(type: string | null) {
  return useFlowsAs((list) => openFlows(list, type));
}

export function openFlows(flows: FlowRow[], type: string | null): FlowRow[] {
  return flows.filter((flow) => flow.is_active && flow.version !== null && (type === null || flow.record_type === type));
}

/** Whether enough is said to ask the server; what a flow's own lines want, the server tells. */
export function isAskable(flow: FlowRow | undefined, recordId: number | null): boolean {
  return flow !== undefined && (!flow.record_type || recordId !== null);
}

/** Asks for an approval by hand; the first people are asked at once. */
export function useRequest() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: Request) => body(client.POST('/api/approvals', { body: { ...request, ...spoken(request), title: request.title.trim() } })),
    onSuccess: (kept) => {
      cache.setQueryData(['approvals', 'case', kept.id], kept);
      void cache.invalidateQueries({ queryKey: ['approvals'] });
      if (kept.record) forget(cache, kept.record.type, kept.record.id);
    },
  });
}

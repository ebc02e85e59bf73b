import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { FlowDetail, FlowRow, Name } from '@/api/types';

const flows = ['flows'];
const at = (key: string) => ({ params: { path: { key } } });

export function useFlows() {
  return useFlowsAs((list) => list);
}

/** The flows, as much of them as is wanted. */
export function useFlowsAs(select: (list: FlowRow[]) => FlowRow[]) {
  return useQuery({ queryKey: flows, queryFn: () => body(client.GET('/api/flows')), select });
}

export function useFlow(key: string) {
  return useQuery({ queryKey: [...flows, key], queryFn: () => body(client.GET('/api/flows/{key}', at(key))) });
}

/** One published version, which never changes. */
export function useFlowVersion(key: string, number: number | null) {
  return useQuery({
    queryKey: [...flows, key, 'version', number],
    enabled: number !== null,
    queryFn: () => body(client.GET('/api/flows/{key}/versions/{number}', { params: { path: { key, number: number ?? 1 } } })),
    staleTime: Infinity,
  });
}

/** What a flow may be made of, with the facts of its record type. */
export function useFlowCatalogue(record_type: string) {
  return useQuery({
    queryKey: ['flow-catalogue', record_type],
    queryFn: () => body(client.GET('/api/flows/catalogue', { params: { query: { record_type } } })),
    staleTime: 60_000,
  });
}

function useKeep() {
  const cache = useQueryClient();
  return (kept: FlowDetail) => {
    cache.setQueryData([...flows, kept.key], kept);
    void cache.invalidateQueries({ queryKey: flows, exact: true });
  };
}

export function useCreateFlow() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (form: { key: string; name: Name; record_type: string | null }) => body(client.POST('/api/flows', { body: form })),
    onSuccess: keep,
  });
}

export function useSaveDraft(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (definition: Record<string, unknown>) => body(client.PUT('/api/flows/{key}/draft', { ...at(key), body: { definition } })),
    onSuccess: keep,
  });
}

export function useDiscardDraft(key: string) {
  const keep = useKeep();
  return useMutation({ mutationFn: () => body(client.DELETE('/api/flows/{key}/draft', at(key))), onSuccess: keep });
}

export function usePublish(key: string) {
  const keep = useKeep();
  return useMutation({ mutationFn: () => body(client.POST('/api/flows/{key}/publish', at(key))), onSuccess: keep });
}

export function useSwitch(key: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (is_active: boolean) => body(client.POST('/api/flows/{key}/switch', { ...at(key), body: { is_active } })),
    onSuccess: keep,
  });
}

/** Every fault of a definition, whatever stands in the draft. */
export function useCheck(key: string, definition: Record<string, unknown>, enabled: boolean) {
  return useQuery({
    queryKey: ['flow-check', key, definition],
    enabled,
    queryFn: () => body(client.POST('/api/flows/{key}/check', { ...at(key), body: { definition } })),
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 0,
  });
}

export type Trial = {
  record_id: number | null;
  requester_id: number | null;
  definition: Record<string, unknown> | null;
  form?: Record<string, unknown>;
  chosen?: Record<string, number[]>;
};

/** Whom a request would pass, were it asked for now. */
export function usePreview(key: string, trial: Trial, enabled = true) {
  return useQuery({
    queryKey: ['flow-preview', key, trial],
    enabled,
    queryFn: () => body(client.POST('/api/flows/{key}/preview', { ...at(key), body: { form: {}, chosen: {}, ...trial } })),
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
}

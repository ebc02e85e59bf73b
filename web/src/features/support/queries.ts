import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client, csrfToken, ifMatch, newKey, readProblem } from '@/api/client';
import { keys } from '@/api/queries';
import type { NewSupportCase, SupportCase, SupportFile } from '@/api/types';

const support = ['support'] as const;
export type Box = 'mine' | 'asked' | 'team' | 'all';
export type Standing = 'open' | 'supported' | 'closed' | 'withdrawn' | 'ongoing' | 'any';
export type Span = { since: string; until: string; unit?: number };
export type Part = 'reported' | 'due' | 'met' | 'missed' | 'pending' | 'withdrawn';
export type Figure = Span & { part: Part; kind?: string; region?: number };

/** The kinds of problems and of help. */
export function useSupportOptions() {
  return useQuery({ queryKey: [...support, 'options'], queryFn: () => body(client.GET('/api/support/options')), staleTime: 300_000 });
}

/** Cases of a box or about a record; open ones first, the soonest due first. */
export function useCases(query: { box?: Box; state?: Standing; kind?: string; record_id?: number }, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...support, 'cases', query],
    enabled,
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/support/cases', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

export function useSupportCase(id: number) {
  return useQuery({
    queryKey: [...support, 'case', id],
    queryFn: () => body(client.GET('/api/support/cases/{support_id}', { params: { path: { support_id: id } } })),
  });
}

/** Who would be asked about a problem, and why. */
export function useOwner(kind: string, about: { record_id?: number; customer_id?: number }) {
  return useQuery({
    queryKey: [...support, 'owner', kind, about],
    enabled: kind !== '',
    queryFn: () => body(client.GET('/api/support/owner', { params: { query: { kind, ...about } } })),
  });
}

export function useFigures(span: Span) {
  return useQuery({
    queryKey: [...support, 'figures', span],
    queryFn: () => body(client.GET('/api/support/figures', { params: { query: span } })),
    placeholderData: (before) => before,
  });
}

/** The cases behind one figure. */
export function useBehind(figure: Figure) {
  return useInfiniteQuery({
    queryKey: [...support, 'behind', figure],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/support/figures/cases', { params: { query: { ...figure, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

function useKeep() {
  const cache = useQueryClient();
  return (kept: SupportCase | undefined) => {
    void cache.invalidateQueries({ queryKey: support });
    void cache.invalidateQueries({ queryKey: keys.clocks });
    if (kept) cache.setQueryData([...support, 'case', kept.id], kept);
  };
}

export function useOpenCase() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (wish: Partial<NewSupportCase>) => body(client.POST('/api/support/cases', { body: change<NewSupportCase>(wish) })),
    onSuccess: keep,
  });
}

export type Turn =
  | { how: 'help'; kind: string; text: string; file_ids: number[] }
  | { how: 'confirm' }
  | { how: 'reopen' | 'withdraw'; note: string }
  | { how: 'owner'; owner_id: number; note: string };

/** One turn of a case, from the version that is on the screen. */
export function useTurn(found: SupportCase) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (turn: Turn) => {
      const at = { params: { path: { support_id: found.id } }, headers: ifMatch(found.version) };
      if (turn.how === 'help') return body(client.POST('/api/support/cases/{support_id}/help', { ...at, body: { kind: turn.kind, text: turn.text, file_ids: turn.file_ids } }));
      if (turn.how === 'confirm') return body(client.POST('/api/support/cases/{support_id}/confirm', at));
      if (turn.how === 'owner') return body(client.POST('/api/support/cases/{support_id}/owner', { ...at, body: { owner_id: turn.owner_id, note: turn.note } }));
      if (turn.how === 'reopen') return body(client.POST('/api/support/cases/{support_id}/reopen', { ...at, body: { note: turn.note } }));
      return body(client.POST('/api/support/cases/{support_id}/withdraw', { ...at, body: { note: turn.note } }));
    },
    onSettled: keep,
  });
}

/** Sends a document of a case. */
export async function sendFile(id: number, file: File): Promise<SupportFile> {
  const form = new FormData();
  form.append('file', file);
  const answer = await fetch(`/api/support/cases/${id}/files`, { method: 'POST', body: form, headers: { 'Idempotency-Key': newKey(), 'X-CSRFToken': csrfToken() } });
  if (!answer.ok) throw await readProblem(answer);
  return (await answer.json()) as SupportFile;
}

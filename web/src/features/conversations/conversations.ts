import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { Conversation, ConversationBody, ConversationKind, ConversationState, PromiseBody, ReadingFact } from '@/api/types';
import { upload } from '@/api/upload';

const key = ['conversations'] as const;
const at = (conversation_id: number) => ({ params: { path: { conversation_id } } });
const POLL_MS = 1200;

export type Asked = { state?: ConversationState; kind?: ConversationKind; record_id?: number; stalled?: boolean; q?: string };

export function useConversations(asked: Asked) {
  return useInfiniteQuery({
    queryKey: [...key, 'list', asked],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(client.GET('/api/conversations', { params: { query: { ...asked, cursor: pageParam } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useWaitingCount() {
  return useQuery({ queryKey: [...key, 'waiting'], queryFn: () => body(client.GET('/api/conversations/waiting')) });
}

/** A whole conversation; asked for again while its picture or recording is being read, or its answer sent. */
export function useConversation(id: number) {
  return useQuery({
    queryKey: [...key, 'one', id],
    queryFn: () => body(client.GET('/api/conversations/{conversation_id}', at(id))),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? POLL_MS : false),
  });
}

export function isUnderWay(one: Conversation | undefined): boolean {
  return one?.reading_state === 'waiting' || one?.reading_state === 'reading' || one?.sending === 'queued';
}

function useChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Without network it fails at once and says so; waiting in silence would lose what a closed page held.
    networkMode: 'always',
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: key });
      void cache.invalidateQueries({ queryKey: ['timeline'] });
      void cache.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
}

export function useAdd() {
  return useChange((given: ConversationBody) => body(client.POST('/api/conversations', { body: given })));
}

export type Sent = { file: File; kind: ConversationBody['kind']; record_id?: number };

export function useSend(onProgress: (share: number) => void) {
  return useChange(({ file, kind, record_id }: Sent) => {
    const form = new FormData();
    form.append('file', file);
    form.append('kind', kind);
    if (record_id !== undefined) form.append('record_id', String(record_id));
    return upload<Conversation>('/api/conversations/files', form, onProgress);
  });
}

export function useChangeText(one: Conversation) {
  return useChange((given: { text?: string; title?: string }) =>
    body(client.PATCH('/api/conversations/{conversation_id}', { ...at(one.id), headers: ifMatch(one.version), body: given })),
  );
}

export function useFile(id: number) {
  return useChange((given: { record_id: number; facts?: ReadingFact[] }) =>
    body(client.POST('/api/conversations/{conversation_id}/filing', { ...at(id), body: given as never })),
  );
}

export function useIgnore(id: number) {
  return useChange(() => body(client.POST('/api/conversations/{conversation_id}/ignored', at(id))));
}

export function useReply(id: number) {
  return useChange((text: string) => body(client.POST('/api/conversations/{conversation_id}/reply', { ...at(id), body: { text } })));
}

export function useReadAgain() {
  return useChange((reading_id: number) => body(client.POST('/api/recognitions/{reading_id}/again', { params: { path: { reading_id } } })));
}

const of = (promise_id: number) => ({ params: { path: { promise_id } } });

export function useConfirm(id: number) {
  return useChange((given: PromiseBody) => body(client.POST('/api/promises/{promise_id}/confirmed', { ...of(id), body: given })));
}

export function useDecline(id: number) {
  return useChange(() => body(client.POST('/api/promises/{promise_id}/declined', of(id))));
}

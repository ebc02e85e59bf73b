import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { CaptureChannelBody, FormDefinition, NewCaptureChannel, SubmissionState } from '@/api/types';

const channels = ['capture', 'channels'] as const;
const submissions = ['capture', 'submissions'] as const;
const at = (channel_id: number) => ({ params: { path: { channel_id } } });

export function useCaptureChannels() {
  return useQuery({ queryKey: channels, queryFn: () => body(client.GET('/api/capture/channels')) });
}

function useChannelChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: channels }) });
}

export function useMakeChannel() {
  return useChannelChange((given: NewCaptureChannel) => body(client.POST('/api/capture/channels', { body: given })));
}

export function useSaveChannel(id: number) {
  return useChannelChange((given: CaptureChannelBody) => body(client.PUT('/api/capture/channels/{channel_id}', { ...at(id), body: given })));
}

/** Makes a new secret in the place of the old one; the answer is the only time it is shown. */
export function useRotateSecret(id: number) {
  return useChannelChange(() => body(client.POST('/api/capture/channels/{channel_id}/secret', at(id))));
}

const formKey = (id: number) => ['capture', 'form', id] as const;

export function useForm(id: number) {
  return useQuery({ queryKey: formKey(id), staleTime: Infinity, queryFn: () => body(client.GET('/api/capture/channels/{channel_id}/form', at(id))) });
}

export function useSaveForm(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (draft: FormDefinition) => body(client.PUT('/api/capture/channels/{channel_id}/form', { ...at(id), body: draft })),
    onSuccess: (state) => {
      cache.setQueryData(formKey(id), state);
    },
  });
}

export function usePublishForm(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST('/api/capture/channels/{channel_id}/form/publish', at(id))),
    onSuccess: (state) => {
      cache.setQueryData(formKey(id), state);
      void cache.invalidateQueries({ queryKey: channels });
    },
  });
}

/** What came, a page at a time; without a state, what waits for somebody. */
export function useSubmissions(state: SubmissionState | null, channel: number | null) {
  return useInfiniteQuery({
    queryKey: [...submissions, state, channel],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/capture/submissions', { params: { query: { state: state ?? undefined, channel: channel ?? undefined, cursor: pageParam } } })),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export function useSubmission(submission_id: number) {
  return useQuery({
    queryKey: [...submissions, submission_id],
    queryFn: () => body(client.GET('/api/capture/submissions/{submission_id}', { params: { path: { submission_id } } })),
  });
}

function useSettling<Given, Made>(settle: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: settle,
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: submissions });
      void cache.invalidateQueries({ queryKey: channels });
    },
  });
}

export function useRetry(submission_id: number) {
  return useSettling((values: Record<string, string> | null) =>
    body(client.POST('/api/capture/submissions/{submission_id}/retry', { params: { path: { submission_id } }, body: { values } })),
  );
}

export function useDiscard(submission_id: number) {
  return useSettling(() => body(client.POST('/api/capture/submissions/{submission_id}/discard', { params: { path: { submission_id } } })));
}

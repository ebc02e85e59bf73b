import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { NewTalkSource, SpeechBody, TalkSource } from '@/api/types';

const key = ['conversation-sources'] as const;

export function useSources() {
  return useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/conversation-sources')) });
}

export function useSpeech() {
  return useQuery({ queryKey: ['speech'], queryFn: () => body(client.GET('/api/recognition/speech')) });
}

export function useThreshold() {
  return useQuery({ queryKey: ['conversation-filing'], queryFn: () => body(client.GET('/api/conversation-filing')) });
}

function useChange<Given, Made>(change: (given: Given) => Promise<Made>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      for (const one of [key, ['speech'], ['conversation-filing']]) void cache.invalidateQueries({ queryKey: one });
    },
  });
}

export function useMakeSource() {
  return useChange((given: NewTalkSource) => body(client.POST('/api/conversation-sources', { body: given })));
}

export function useSwitchSource() {
  return useChange((one: TalkSource) =>
    body(
      client.PUT('/api/conversation-sources/{source_id}', {
        params: { path: { source_id: one.id } },
        body: { name: one.name, settings: one.settings, owner_id: one.owner?.id ?? null, is_on: !one.is_on },
      }),
    ),
  );
}

export function useRemoveSource() {
  return useChange((source_id: number) => body(client.DELETE('/api/conversation-sources/{source_id}', { params: { path: { source_id } } })));
}

export function useChangeSpeech() {
  return useChange((given: SpeechBody) => body(client.PUT('/api/recognition/speech', { body: given })));
}

export function useChangeThreshold() {
  return useChange((threshold: number) => body(client.PUT('/api/conversation-filing', { body: { threshold } })));
}

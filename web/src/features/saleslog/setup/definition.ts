import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';
import type { Names } from '@/ui/setup/draft';

export type Tried = components['schemas']['LogSetupTried'];
export type Reason = { key: string; name: Names };
export type Alternative = { name: Names; text: Names };
export type EventType = {
  key: string;
  name: Names;
  needs_reason?: boolean;
  reasons?: Reason[];
  support?: string | null;
  asks_support?: boolean;
  needs_customer?: boolean;
  advice?: Names | null;
  alternatives?: Alternative[];
  tags?: string[];
};
export type Definition = { types: EventType[]; writers: string[]; reminder: string; due: string; surge: { percent: number; at_least: number } };

const key = ['saleslog', 'settings'];

/** The configuration with its versions, trying a draft out, and publishing it. */
export function useLogSetup() {
  const cache = useQueryClient();
  const setup = useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/saleslog/settings')) });
  const rehearse = useMutation({
    mutationFn: (definition: Record<string, unknown>) => body(client.POST('/api/saleslog/settings/rehearsal', { body: { definition } })),
  });
  const publish = useMutation({
    mutationFn: (wish: { version: number; definition: Record<string, unknown> }) =>
      body(client.PUT('/api/saleslog/settings', { headers: ifMatch(wish.version), body: { definition: wish.definition } })),
    onSuccess: (kept) => {
      cache.setQueryData(key, kept);
      void cache.invalidateQueries({ queryKey: ['saleslog', 'options'] });
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  });
  return { setup, rehearse, publish };
}

/** A text that nobody has filled in is no text. */
export function filled(names: Names): Names | null {
  return names['zh-CN'] || names['en-US'] ? names : null;
}

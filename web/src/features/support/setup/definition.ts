import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';
import type { Names } from '@/ui/setup/draft';

export type Tried = components['schemas']['SupportSetupTried'];
export type Kind = { key: string; name: Names };
export type HelpKind = Kind & { is_substantive?: boolean; needs_text?: boolean };
export type Rule = { kind?: string | null; unit_id?: number | null; to: { person?: number; role?: string; head?: number | null } };
export type Definition = { kinds: Kind[]; helps: HelpKind[]; rules: Rule[] };

const key = ['support', 'settings'];

/** The configuration with its versions, trying a draft out, and publishing it. */
export function useSupportSetup() {
  const cache = useQueryClient();
  const setup = useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/support/settings')) });
  const rehearse = useMutation({
    mutationFn: (definition: Record<string, unknown>) => body(client.POST('/api/support/settings/rehearsal', { body: { definition } })),
  });
  const publish = useMutation({
    mutationFn: (wish: { version: number; definition: Record<string, unknown> }) =>
      body(client.PUT('/api/support/settings', { headers: ifMatch(wish.version), body: { definition: wish.definition } })),
    onSuccess: (kept) => {
      cache.setQueryData(key, kept);
      void cache.invalidateQueries({ queryKey: ['support', 'options'] });
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  });
  return { setup, rehearse, publish };
}

import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Clock, Name } from '@/api/types';
import { useAllowed } from '@/features/identity/session';

/** The rules by which clocks may be chosen: all of them, or those seen, where one may not read the rules. */
export function useClockPolicies(seen: Clock[]): { key: string; name: Name }[] {
  const mayKeep = useAllowed('sla.manage');
  const mayView = useAllowed('process.view');
  const all = useQuery({ queryKey: ['policies'], enabled: mayKeep || mayView, queryFn: () => body(client.GET('/api/policies')), staleTime: 60_000 });
  const found = all.data ?? seen.map((clock) => clock.policy);
  return [...new Map(found.map((policy) => [policy.key, { key: policy.key, name: policy.name }])).values()];
}

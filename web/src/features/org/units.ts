import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';

/** Every unit of the company. */
export function useUnits() {
  return useQuery({ queryKey: ['org', 'units'], queryFn: () => body(client.GET('/api/org/units')), staleTime: 60_000 });
}

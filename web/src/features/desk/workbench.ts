import { useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

/** What a manager looks at first; asked again every minute. */
export function useWorkbench() {
  return useQuery({ queryKey: keys.workbench, queryFn: () => body(client.GET('/api/workbench')), refetchInterval: 60_000 });
}

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { ownCustomersQuery } from '@/features/fieldwork/followups';

const log = ['saleslog'] as const;

/** The types of events, and the company's day. */
export const logOptionsQuery = queryOptions({ queryKey: [...log, 'options'], queryFn: () => body(client.GET('/api/saleslog/options')), staleTime: 60_000 });

export function useLogOptions() {
  return useQuery(logOptionsQuery);
}

/** One's own customers, those at hand first. */
export function useOwnCustomers() {
  return useQuery(ownCustomersQuery);
}

/** A day of somebody, or one's own. */
export function useLogDay(day: string | undefined, author?: number) {
  return useQuery({
    queryKey: [...log, 'day', day, author],
    enabled: Boolean(day),
    queryFn: () => body(client.GET('/api/saleslog/days/{day}', { params: { path: { day: day ?? '' }, query: { author } } })),
  });
}

/** The team's day, its events first. */
export function useLogTeam(day: string | undefined) {
  return useQuery({ queryKey: [...log, 'team', day], queryFn: () => body(client.GET('/api/saleslog/team', { params: { query: { day } } })) });
}

export function useSurges() {
  return useQuery({ queryKey: [...log, 'surges'], queryFn: () => body(client.GET('/api/saleslog/surges')) });
}

export function useSurge(id: number) {
  return useQuery({
    queryKey: [...log, 'surges', id],
    queryFn: () => body(client.GET('/api/saleslog/surges/{surge_id}', { params: { path: { surge_id: id } } })),
  });
}

/** What may help with an event: its own advice, and playbooks. */
export function useSuggestions(type: string, text: string, about: { customer_id?: number; record_id?: number }) {
  return useQuery({
    queryKey: [...log, 'suggestions', type, text, about],
    enabled: type !== '',
    queryFn: () => body(client.GET('/api/saleslog/suggestions', { params: { query: { type, text, ...about } } })),
    staleTime: 60_000,
  });
}

function useForgetLog() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: log });
    void cache.invalidateQueries({ queryKey: ['support'] });
  };
}

export function useFileFacts(id: number) {
  const forget = useForgetLog();
  return useMutation({
    mutationFn: (facts: number[]) => body(client.POST('/api/saleslog/events/{log_event_id}/facts', { params: { path: { log_event_id: id } }, body: { facts } })),
    onSuccess: forget,
  });
}

export function useTakeBack() {
  const forget = useForgetLog();
  return useMutation({
    mutationFn: (id: number) => body(client.DELETE('/api/saleslog/events/{log_event_id}', { params: { path: { log_event_id: id } } })),
    onSettled: forget,
  });
}

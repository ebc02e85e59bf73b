import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { InsightSettingsBody } from '@/api/types';

export type Period = { since?: string; until?: string };
const all = ['insight'];

/** A period of so many days up to now, from a full hour so that the same is asked once. */
export function lastDays(days: number, now = Date.now()): Period {
  const hour = 3_600_000;
  const until = Math.ceil(now / hour) * hour;
  return { since: new Date(until - days * 24 * hour).toISOString(), until: new Date(until).toISOString() };
}

export function useBusy(query: Period) {
  return useQuery({ queryKey: [...all, 'busy', query], queryFn: () => body(client.GET('/api/fieldwork/insight/busy', { params: { query } })) });
}

export function useBehind(person: number, query: Period) {
  return useQuery({
    queryKey: [...all, 'busy', person, query],
    queryFn: () => body(client.GET('/api/fieldwork/insight/busy/{person_id}', { params: { path: { person_id: person }, query } })),
  });
}

export function useTexts(query: Period) {
  return useQuery({ queryKey: [...all, 'texts', query], queryFn: () => body(client.GET('/api/fieldwork/insight/texts', { params: { query } })) });
}

export function useVague(person: number, query: Period) {
  return useQuery({
    queryKey: [...all, 'texts', person, query],
    queryFn: () => body(client.GET('/api/fieldwork/insight/texts/{person_id}', { params: { path: { person_id: person }, query } })),
  });
}

export function useDoubts(query: Period & { times?: boolean }) {
  return useQuery({ queryKey: [...all, 'doubts', query], queryFn: () => body(client.GET('/api/fieldwork/insight/doubts', { params: { query } })) });
}

export function useStalled() {
  return useQuery({ queryKey: [...all, 'stalled'], queryFn: () => body(client.GET('/api/fieldwork/insight/stalled')) });
}

export function useCustomerInsight(customer: number) {
  return useQuery({
    queryKey: [...all, 'customer', customer],
    queryFn: () => body(client.GET('/api/fieldwork/insight/customers/{customer_id}', { params: { path: { customer_id: customer } } })),
  });
}

export function useInsightSettings() {
  return useQuery({ queryKey: [...all, 'settings'], queryFn: () => body(client.GET('/api/fieldwork/insight/settings')) });
}

export function useTune() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: InsightSettingsBody) => body(client.PUT('/api/fieldwork/insight/settings', { body: wanted })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: all });
    },
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client, csrfToken, newKey, readProblem } from '@/api/client';
import type { LogEvent, NewLogEvent } from '@/api/types';

const log = ['saleslog'] as const;

/** The types of events, and the company's day. */
export function useLogOptions() {
  return useQuery({ queryKey: [...log, 'options'], queryFn: () => body(client.GET('/api/saleslog/options')), staleTime: 60_000 });
}

/** One's own customers, those at hand first. */
export function useOwnCustomers() {
  return useQuery({
    queryKey: [...log, 'customers'],
    queryFn: async () => (await body(client.GET('/api/followups/customers', { params: { query: { mine: true, limit: 6 } } }))).items,
    staleTime: 300_000,
  });
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

/** Sends a screenshot of an event. */
export async function sendPicture(id: number, file: File): Promise<LogEvent> {
  const form = new FormData();
  form.append('file', file);
  const answer = await fetch(`/api/saleslog/events/${id}/picture`, { method: 'POST', body: form, headers: { 'Idempotency-Key': newKey(), 'X-CSRFToken': csrfToken() } });
  if (!answer.ok) throw await readProblem(answer);
  return (await answer.json()) as LogEvent;
}

export type Pending = { client_id: string; type: string; reason: string; text: string; about: { type: string; id: number; title: string } | null; asks_support: boolean };

/** Reports what is noted on this device, each once however often it is sent. */
export async function report(pending: Pending): Promise<LogEvent> {
  const { about, ...rest } = pending;
  const where = about ? (about.type === 'customer' ? { customer_id: about.id } : { record_id: about.id }) : {};
  return body(client.POST('/api/saleslog/events', { body: change<NewLogEvent>({ ...rest, ...where }) })) as Promise<LogEvent>;
}

/** Sends the day: first what is noted, then the log; run again after a failure, nothing is doubled. */
export function useSend() {
  const forget = useForgetLog();
  return useMutation({
    mutationFn: async (wish: { day: string; client_id: string; events: Pending[]; pictures: Map<string, File>; isSupplement: boolean }) => {
      for (const event of wish.events) {
        const kept = await report(event);
        const picture = wish.pictures.get(event.client_id);
        if (picture) await sendPicture(kept.id, picture);
      }
      if (wish.isSupplement) return null;
      return body(client.POST('/api/saleslog/send', { body: { day: wish.day, client_id: wish.client_id, note: '' } }));
    },
    onSettled: forget,
  });
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

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client, ifMatch } from '@/api/client';
import type { CalendarChange, DayWish, NewCalendar } from '@/api/types';

const all = ['calendars'];

export function useCalendars() {
  return useQuery({ queryKey: all, queryFn: () => body(client.GET('/api/calendars')) });
}

/** Every day of a year as a calendar has it. */
export function useYear(calendar: number, year: number) {
  return useQuery({
    queryKey: [...all, calendar, year],
    queryFn: () => body(client.GET('/api/calendars/{calendar_id}/years/{year}', { params: { path: { calendar_id: calendar, year } } })),
    placeholderData: (before) => before,
  });
}

function useForgetCalendars() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: all });
}

/** Makes a calendar, or changes one; clocks count with it from then on. */
export function useSaveCalendar() {
  const forget = useForgetCalendars();
  return useMutation({
    mutationFn: (wish: { made: NewCalendar } | { id: number; version: number; changes: Partial<CalendarChange> }) =>
      'made' in wish
        ? body(client.POST('/api/calendars', { body: wish.made }))
        : body(client.PATCH('/api/calendars/{calendar_id}', { params: { path: { calendar_id: wish.id } }, headers: ifMatch(wish.version), body: change<CalendarChange>(wish.changes) })),
    onSuccess: forget,
  });
}

export function useSetDay(calendar: number) {
  const forget = useForgetCalendars();
  return useMutation({
    mutationFn: ({ date, ...day }: DayWish & { date: string }) =>
      body(client.PUT('/api/calendars/{calendar_id}/days/{date}', { params: { path: { calendar_id: calendar, date } }, body: day })),
    onSuccess: forget,
  });
}

/** Gives a day back to the published list. */
export function useDropDay(calendar: number) {
  const forget = useForgetCalendars();
  return useMutation({
    mutationFn: (date: string) =>
      body(client.DELETE('/api/calendars/{calendar_id}/days/{date}', { params: { path: { calendar_id: calendar, date } } })),
    onSuccess: forget,
  });
}

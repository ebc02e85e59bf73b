import type { CalendarDay } from '@/api/types';

export type Span = { from: string; to: string };
type Stored = { [key: string]: unknown };

/** The spans of each weekday, Monday first. */
export function byWeekday(hours: Stored[]): Span[][] {
  return Array.from({ length: 7 }, (_, weekday) =>
    spansOf(hours.filter((span) => span['weekday'] === weekday)).sort((a, b) => a.from.localeCompare(b.from)),
  );
}

/** Spans as the fields of a form take them. */
export function spansOf(hours: Stored[]): Span[] {
  return hours.map((span) => ({ from: String(span['from']).slice(0, 5), to: String(span['to']).slice(0, 5) }));
}

/** The same as it is sent. */
export function asHours(week: Span[][]): (Span & { weekday: number })[] {
  return week.flatMap((spans, weekday) => spans.map((span) => ({ weekday, ...span })));
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** Working minutes of a day. */
export function minutesOf(spans: Span[]): number {
  return spans.reduce((sum, span) => sum + Math.max(0, minutes(span.to) - minutes(span.from)), 0);
}

/** What is wrong with a day's spans: one that ends before it begins, or two that overlap. */
export function faultOf(spans: Span[]): 'backwards' | 'overlap' | null {
  if (spans.some((span) => !span.from || !span.to || minutes(span.to) <= minutes(span.from))) return 'backwards';
  const sorted = [...spans].sort((a, b) => minutes(a.from) - minutes(b.from));
  const overlaps = sorted.some((span, place) => place > 0 && minutes(span.from) < minutes(sorted[place - 1]?.to ?? '00:00'));
  return overlaps ? 'overlap' : null;
}

export type Month = { month: number; weeks: (CalendarDay | null)[][] };

/** The days of a year in months and weeks that begin on Monday; null where a week reaches beyond its month. */
export function monthsOf(days: CalendarDay[]): Month[] {
  return Array.from({ length: 12 }, (_, place) => {
    const own = days.filter((day) => Number(day.date.slice(5, 7)) === place + 1);
    const first = own[0];
    const lead = first ? (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7 : 0;
    const cells = [...Array.from({ length: lead }, () => null), ...own];
    const weeks: (CalendarDay | null)[][] = [];
    for (let at = 0; at < cells.length; at += 7) {
      const week: (CalendarDay | null)[] = cells.slice(at, at + 7);
      weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
    }
    return { month: place + 1, weeks };
  });
}

/** How many days of a year are worked, half days by half. */
export function workedDays(days: CalendarDay[]): number {
  const weights = { work: 1, make_up: 1, half: 0.5, rest: 0, holiday: 0 };
  return days.reduce((sum, day) => sum + weights[day.kind], 0);
}

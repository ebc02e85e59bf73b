import type { BoardPeriod, MetricDimension } from '@/api/types';
import { companyZone } from '@/ui/format';

/** From the first to the last day, both in it, as calendar days. */
export type Span = { since: string; until: string };
export type Preset = BoardPeriod | 'days14' | 'days30' | 'days90';
export type Grain = Extract<MetricDimension, 'day' | 'week' | 'month'>;

export const presets: readonly Preset[] = ['yesterday', 'week', 'last_week', 'month', 'last_month', 'days30', 'days90', 'quarter', 'year'];

/** Today on the company's clock. */
export function today(now = Date.now()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: companyZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const told = (moment: Date) => moment.toISOString().slice(0, 10);

/** The day so many days later, or earlier. */
export function plus(day: string, days: number): string {
  const moment = at(day);
  moment.setUTCDate(moment.getUTCDate() + days);
  return told(moment);
}

function plusMonths(first: string, months: number): string {
  const moment = at(first);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  return told(moment);
}

/** The first day of the day's week (a Monday), month, or the day itself. */
export function firstOf(day: string, grain: Grain): string {
  if (grain === 'month') return `${day.slice(0, 8)}01`;
  return grain === 'week' ? plus(day, -((at(day).getUTCDay() + 6) % 7)) : day;
}

/** The days of a week or month that lie in the span. */
export function bucket(first: string, grain: Grain, span: Span): Span {
  const last = grain === 'month' ? plus(plusMonths(firstOf(first, 'month'), 1), -1) : plus(first, grain === 'week' ? 6 : 0);
  return { since: first < span.since ? span.since : first, until: last > span.until ? span.until : last };
}

/** What a preset means on a day; what still runs ends on that day. Yesterday is the last working day where one is told. */
export function spanOf(preset: Preset, day: string, workday = plus(day, -1)): Span {
  const month = firstOf(day, 'month');
  const monday = firstOf(day, 'week');
  switch (preset) {
    case 'yesterday':
      return { since: workday, until: workday };
    case 'week':
      return { since: monday, until: day };
    case 'last_week':
      return { since: plus(monday, -7), until: plus(monday, -1) };
    case 'month':
      return { since: month, until: day };
    case 'last_month':
      return { since: plusMonths(month, -1), until: plus(month, -1) };
    case 'quarter':
      return { since: plusMonths(month, -((Number(month.slice(5, 7)) - 1) % 3)), until: day };
    case 'year':
      return { since: `${day.slice(0, 5)}01-01`, until: day };
    default:
      return { since: plus(day, 1 - Number(preset.slice(4))), until: day };
  }
}

/** How many days a span has. */
export function daysIn({ since, until }: Span): number {
  return Math.round((at(until).getTime() - at(since).getTime()) / 86_400_000) + 1;
}

/** The span, with at least so many days up to its end. */
export function widened(span: Span, days: number | null): Span {
  return days !== null && daysIn(span) < days ? { since: plus(span.until, 1 - days), until: span.until } : span;
}

/** The first days of its days, weeks or months, in order. */
export function buckets(span: Span, grain: Grain): string[] {
  const found: string[] = [];
  let first = firstOf(span.since, grain);
  while (first <= span.until) {
    found.push(first);
    first = grain === 'month' ? plusMonths(first, 1) : plus(first, grain === 'week' ? 7 : 1);
  }
  return found;
}

export function isGrain(by: string | null | undefined): by is Grain {
  return by === 'day' || by === 'week' || by === 'month';
}

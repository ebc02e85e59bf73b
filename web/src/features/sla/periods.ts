import { companyZone } from '@/ui/format';

/** From one day until another, both counted, as YYYY-MM-DD. */
export type Span = { from: string; to: string };

export const periods = ['last30', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'own'] as const;
export type Period = (typeof periods)[number];

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (moment: Date) => moment.toISOString().slice(0, 10);

function shifted(day: string, days: number): string {
  const moment = at(day);
  moment.setUTCDate(moment.getUTCDate() + days);
  return text(moment);
}

/** A day of the month that lies so many months away; the last one where that month is shorter. */
function inMonth(day: string, months: number, dayOfMonth: number): string {
  const moment = at(day);
  const [year, month] = [moment.getUTCFullYear(), moment.getUTCMonth() + months];
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return text(new Date(Date.UTC(year, month, Math.min(dayOfMonth, longest))));
}

const dayOfMonth = (day: string) => at(day).getUTCDate();
const weekday = (day: string) => (at(day).getUTCDay() + 6) % 7;
const length = ({ from, to }: Span) => Math.round((at(to).getTime() - at(from).getTime()) / 86_400_000) + 1;

/** Whether a text is a day of the calendar. */
export function isDay(day: string): boolean {
  return dayForm.test(day) && !Number.isNaN(at(day).getTime()) && text(at(day)) === day;
}

/** Today by the company's clock. */
export function today(now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: companyZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The days of a period; weeks begin on Monday, and what still goes on ends today. */
export function spanOf(period: Exclude<Period, 'own'>, day: string): Span {
  const monday = shifted(day, -weekday(day));
  switch (period) {
    case 'thisWeek':
      return { from: monday, to: day };
    case 'lastWeek':
      return { from: shifted(monday, -7), to: shifted(monday, -1) };
    case 'thisMonth':
      return { from: inMonth(day, 0, 1), to: day };
    case 'lastMonth':
      return { from: inMonth(day, -1, 1), to: inMonth(day, -1, 31) };
    case 'last30':
      return { from: shifted(day, -29), to: day };
  }
}

/** The days a period is compared with: the same part of the week or month before, else as many days just before. */
export function before(period: Period, span: Span): Span {
  switch (period) {
    case 'thisWeek':
    case 'lastWeek':
      return { from: shifted(span.from, -7), to: shifted(span.to, -7) };
    case 'thisMonth':
      return { from: inMonth(span.from, -1, 1), to: inMonth(span.from, -1, dayOfMonth(span.to)) };
    case 'lastMonth':
      return { from: inMonth(span.from, -1, 1), to: inMonth(span.from, -1, 31) };
    default: {
      const days = length(span);
      return { from: shifted(span.from, -days), to: shifted(span.to, -days) };
    }
  }
}

/** The period that an address names, and its days; the last 30 where it names none that holds. */
export function chosen(get: (key: string) => string, day: string): { period: Period; span: Span } {
  const named = periods.find((one) => one === get('period')) ?? 'last30';
  if (named !== 'own') return { period: named, span: spanOf(named, day) };
  const [from, to] = [get('from'), get('to')];
  return isDay(from) && isDay(to) && from <= to ? { period: 'own', span: { from, to } } : { period: 'last30', span: spanOf('last30', day) };
}

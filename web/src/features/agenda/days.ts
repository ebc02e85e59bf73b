import { companyZone } from '@/ui/format';

const dayMs = 86_400_000;

/** Today on the company's clock, as a calendar day. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: companyZone }).format(now);
}

/** A calendar day so many days later. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return later(day, -((weekday + 6) % 7));
}

/** A calendar day that somebody may have typed into the address; today where it is none. */
export function dayIn(text: string | null, now = new Date()): string {
  const isDay = text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDay ? text : today(now);
}

/** A day in words: weekday, month and day; Chinese puts nothing between them, which is hard to read. */
export function dayName(day: string, language: string): string {
  const words = new Intl.DateTimeFormat(language, { weekday: 'short', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  return words.format(new Date(`${day}T00:00:00Z`)).replace(/(\d)(周)/, '$1 $2');
}

/** The time of day of a moment on the company's clock. */
export function timeOf(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: companyZone }).format(new Date(at));
}

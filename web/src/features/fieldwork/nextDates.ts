const begins_at = 9;

/** So many days after a moment, at the beginning of work on the reader's clock. */
export function daysLater(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, begins_at);
}

/** A calendar day from a date input, at the beginning of work; null for none. */
export function morningOf(day: string): Date | null {
  const [year, month, date] = day.split('-').map(Number);
  return year && month && date ? new Date(year, month - 1, date, begins_at) : null;
}

/** The calendar day of a moment on the reader's clock, as a date input takes it. */
export function dayIn(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The days that one tap chooses. */
export const quickDays = [
  { key: 'tomorrow', days: 1 },
  { key: 'inThree', days: 3 },
  { key: 'inWeek', days: 7 },
] as const;

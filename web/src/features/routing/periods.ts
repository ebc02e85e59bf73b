import dayjs from 'dayjs';

export const spans = [7, 30, 90] as const;

/** The last days up to the end of today, as the server is asked for them. */
export function lastDays(count: number, today = dayjs()): { since: string; until: string } {
  return { since: today.startOf('day').subtract(count - 1, 'day').toISOString(), until: today.endOf('day').toISOString() };
}

/** A weekday's name, Monday being 0. */
export function weekdayName(weekday: number, language: string, style: 'short' | 'narrow' = 'short'): string {
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + weekday));
}

/** A month's name, January being 1. */
export function monthName(month: number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1));
}

/** A time zone by the name that people know it by. */
export function zoneName(zone: string, language: string): string {
  const named = (style: 'long' | 'short') =>
    new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style }).formatToParts(0).find((part) => part.type === 'timeZoneName')?.value ?? '';
  return `${named('long')} (${named('short').replace('GMT', 'UTC')})`;
}

/** A day in words, with its weekday. */
export function longDay(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

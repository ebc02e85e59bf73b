import type { TFunction } from 'i18next';

const minute_s = 60;
const hour_s = 60 * minute_s;
const day_s = 24 * hour_s;

export type Part = { unit: 'day' | 'hour' | 'minute' | 'second'; count: number };

/** A length of time in its two largest units; seconds only below ten minutes, hours only below ten days. */
export function durationParts(seconds: number): Part[] {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: Part[] = [
    { unit: 'day', count: Math.floor(whole / day_s) },
    { unit: 'hour', count: Math.floor((whole % day_s) / hour_s) },
    { unit: 'minute', count: Math.floor((whole % hour_s) / minute_s) },
    { unit: 'second', count: whole % minute_s },
  ];
  const first = parts.findIndex((part) => part.count > 0);
  if (first < 0) return [{ unit: 'minute', count: 0 }];
  const shown = parts.slice(first, whole >= 10 * day_s ? first + 1 : first + 2).filter((part) => part.count > 0);
  return whole >= 10 * minute_s ? shown.filter((part) => part.unit !== 'second') : shown;
}

/** The same in words: 3 小时 20 分. */
export function durationText(seconds: number, t: TFunction): string {
  return durationParts(seconds)
    .map((part) => t(`duration.${part.unit}`, { ns: 'ui', count: part.count }))
    .join(' ');
}

import { currentLanguage } from './i18n';

export const companyZone = 'Asia/Shanghai';

/** A money amount from its decimal string, with thousands separators; no arithmetic. */
export function money(amount: string | number | null | undefined, currency = 'CNY'): string {
  if (amount === null || amount === undefined || amount === '') return '–';
  const value = Number(amount);
  const whole = Number.isInteger(value);
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value);
}

/** A large amount in short: 万 and 亿 in Chinese, K and M in English. */
export function shortMoney(amount: string | number | null | undefined, currency = 'CNY'): string {
  if (amount === null || amount === undefined || amount === '') return '–';
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(Number(amount));
}

export function number(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value);
}

/** Names one after another, as the reader's language separates them. */
export function listed(names: readonly string[]): string {
  return names.join(currentLanguage() === 'zh-CN' ? '、' : ', ');
}

/** A count that the server may have stopped counting. */
export function count(value: number, capped = false): string {
  return number(value) + (capped ? '+' : '');
}

function format(value: string, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  return new Intl.DateTimeFormat(currentLanguage(), { timeZone: companyZone, ...options }).format(at);
}

const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };

/** A calendar day, which has no time zone. */
export function date(value: string | null | undefined): string {
  if (!value) return '–';
  return format(value.slice(0, 10) + 'T00:00:00Z', { ...day, timeZone: 'UTC' });
}

/** The calendar day of a moment, on the company's clock. */
export function dayOf(value: string | null | undefined): string {
  return value ? format(value, day) : '–';
}

/** A moment, on the company's clock. */
export function dateTime(value: string | null | undefined): string {
  if (!value) return '–';
  return format(value, { ...day, hour: '2-digit', minute: '2-digit', hour12: false });
}

/** The hour and minute of a moment, on the company's clock. */
export function timeOfDay(value: string): string {
  return format(value, { hour: '2-digit', minute: '2-digit', hour12: false });
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago a moment is, in words; older than 30 days as a date. */
export function ago(value: string | null | undefined, now = Date.now()): string {
  if (!value) return '–';
  const seconds = (new Date(value).getTime() - now) / 1000;
  if (Math.abs(seconds) > 30 * 86_400) return format(value, day);
  const words = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, 'minute');
}

/** A size of a file in words. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

import { daysIn, plus, type Span } from '@/features/metrics/periods';
import type { Compare } from './view';

function yearBefore(day: string): string {
  const before = `${String(Number(day.slice(0, 4)) - 1)}${day.slice(4)}`;
  return before.endsWith('-02-29') ? before.replace('-29', '-28') : before;
}

/** What a span is compared with: as many days just before, or the same days a year before. */
export function earlier(span: Span, compare: Compare): Span {
  if (compare === 'year') return { since: yearBefore(span.since), until: yearBefore(span.until) };
  return { since: plus(span.since, -daysIn(span)), until: plus(span.since, -1) };
}

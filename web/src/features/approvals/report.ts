import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { TFunction } from 'i18next';
import { durationText } from '@/ui/duration';

export type Asked = { from?: string; to?: string; flow?: string; by: 'node' | 'approver' };
export type Drill = { from?: string; to?: string; flow?: string; node?: string; approver?: number; what: 'all' | 'refused' | 'returned' | 'late' };

/** Times, refusals, returns and lateness of a period, with those of one month before. */
export function useReport(asked: Asked) {
  return useQuery({
    queryKey: ['approvals', 'report', asked],
    queryFn: () => body(client.GET('/api/approvals/report', { params: { query: { ...asked, compare: 'month' } } })),
    placeholderData: (before) => before,
  });
}

/** The cases behind one figure, newest first. */
export function useReportCases(drill: Drill) {
  return useInfiniteQuery({
    queryKey: ['approvals', 'report-cases', drill],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/approvals/report/cases', { params: { query: { ...drill, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** Where the same report is had as a file. */
export function reportFile(asked: Asked): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => Boolean(value)));
  return `/api/approvals/report/file?${query.toString()}`;
}

/** A length of time in words; a dash where nothing was measured. */
export function timeText(seconds: number | null | undefined, t: TFunction): string {
  return typeof seconds === 'number' ? durationText(seconds, t) : '–';
}

/** A share as a percentage; a dash where there is no whole. */
export function shareText(share: number | null | undefined): string {
  return typeof share === 'number' ? `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%` : '–';
}

export type Trend = 'up' | 'down' | 'same' | null;

/** Whether a figure rose or fell by more than a hundredth since the month before. */
export function trendOf(now: number | null | undefined, before: number | null | undefined): Trend {
  if (typeof now !== 'number' || typeof before !== 'number') return null;
  const rest = Math.abs(now - before);
  if (rest <= Math.max(Math.abs(before), Math.abs(now)) * 0.01) return 'same';
  return now > before ? 'up' : 'down';
}

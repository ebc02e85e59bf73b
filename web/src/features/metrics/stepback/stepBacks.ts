import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';

export type StepBacks = components['schemas']['StepBacks'];
export type Row = components['schemas']['StepBackRow'];
export type Circumstance = components['schemas']['StepBackCircumstance'];
export type Period = { since?: string; until?: string; unit?: number };
/** Which of the moves behind a number. */
export type Behind = {
  part?: 'backs' | 'others' | 'moves';
  factor?: Row['factor'];
  level?: string;
  deal?: number;
  circumstance?: Circumstance['kind'];
  key?: string;
  outside?: boolean;
};

/** Step-backs of a period: findings, factors, hours, flapping deals, explanation. */
export function useStepBacks(period: Period) {
  return useQuery({
    queryKey: ['metrics', 'stepbacks', period],
    queryFn: () => body(client.GET('/api/metrics/stepbacks', { params: { query: period } })),
    placeholderData: (before) => before,
  });
}

/** The moves behind a number, the latest first. */
export function useStepBackMoves(period: Period, behind: Behind) {
  return useInfiniteQuery({
    queryKey: ['metrics', 'stepbacks', period, behind],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/metrics/stepbacks/records', { params: { query: { ...period, ...behind, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** A share in percent with one decimal. */
export function percent(part: number, of = 1): string {
  return of ? `${((100 * part) / of).toFixed(1)}%` : '—';
}

/** A ratio with its interval; without step-backs elsewhere there is only its lower end. */
export function ratioOf({ ratio, low, high }: { ratio: number | null; low: number; high: number }): { ratio: string; interval: string } {
  const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  return { ratio: ratio === null ? '∞' : short(ratio), interval: ratio === null ? `> ${short(low)}` : `${short(low)}–${short(high)}` };
}

/** A p value as it is told. */
export function chance(p: number): string {
  return p < 0.001 ? '< 0.001' : p > 0.999 ? '1' : p.toFixed(3);
}

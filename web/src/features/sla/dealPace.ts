import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { useTranslation } from 'react-i18next';
import { paceKey as key, type Measure, type Typed } from './dealNorm';

export type UpdatePart = 'timed' | 'late';
export type UpdateFigure = { part: UpdatePart; unit_id?: number; owner_id?: number; under?: number };
/** A unit whose deals alone count, with all below it. */
type Under = number | undefined;

/** Whether stages of open deals are updated in time, by unit and by person. */
export function useStageUpdates(under: Under) {
  return useQuery({
    queryKey: [...key, 'updates', under],
    queryFn: () => body(client.GET('/api/deal-pace/stage-updates', { params: { query: { under } } })),
    placeholderData: (before) => before,
  });
}

/** The deals behind one figure of it. */
export function useStageUpdateDeals(figure: UpdateFigure) {
  return useInfiniteQuery({
    queryKey: [...key, 'updates', figure],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/deal-pace/stage-updates/deals', { params: { query: { ...figure, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** Days from creation until won, by unit, of the last 90 days. */
export function useDealCycle(under: Under) {
  return useQuery({
    queryKey: [...key, 'cycle', under],
    queryFn: () => body(client.GET('/api/deal-pace/cycle', { params: { query: { under } } })),
    placeholderData: (before) => before,
  });
}

/** The won deals behind one figure of it. */
export function useCycleDeals(query: { unit_id?: number; under?: number }) {
  return useInfiniteQuery({
    queryKey: [...key, 'cycle', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/deal-pace/cycle/deals', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** A share in percent, rounded down: what lies below a threshold never looks as if it met it. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-6) / 10}%`;
}

/** Both thresholds in words. */
export function useLimits() {
  const { t } = useTranslation('supervision');
  return ({ normal, abnormal }: Typed, measure: Measure) => {
    if (normal === null || abnormal === null) return t('norm.none');
    return measure === 'share' ? t('norm.is.share', { normal: percent(normal), abnormal: percent(abnormal) }) : t('norm.is.days', { normal, abnormal });
  };
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type Forecast = Schemas['ForecastOut'];
export type Accuracy = Schemas['ForecastAccuracy'];
export type ForecastDeal = Schemas['ForecastDeal'];
export type Whose = { period: 'month' | 'quarter'; unit?: number; person?: number; currency?: string };
export type Behind = { which: 'open' | 'won' | 'commit' | 'best'; stage?: string; unit?: number; person?: number };

const stale = 60_000;

/** What will have been signed by the end of the running month or quarter. */
export function useForecast(whose: Whose) {
  return useQuery({
    queryKey: ['metrics', 'forecast', whose],
    queryFn: () => body(client.GET('/api/forecast', { params: { query: whose } })),
    placeholderData: (before) => before,
    staleTime: stale,
  });
}

/** How wrong forecasts of earlier periods were. */
export function useAccuracy(whose: Whose) {
  return useQuery({
    queryKey: ['metrics', 'forecast', 'accuracy', whose],
    queryFn: () => body(client.GET('/api/forecast/accuracy', { params: { query: whose } })),
    placeholderData: (before) => before,
    staleTime: stale,
  });
}

/** The deals behind a number of the forecast, those that bring most first. */
export function useForecastDeals(whose: Whose, behind: Behind) {
  return useInfiniteQuery({
    queryKey: ['metrics', 'forecast', 'deals', whose, behind],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/forecast/deals', { params: { query: { ...whose, ...behind, offset: pageParam } } })),
    getNextPageParam: (last) => last.next_offset ?? undefined,
    staleTime: stale,
  });
}

export { percent } from '@/features/metrics/told';

/** A month or a quarter by its first day: 2026-07, 2026 Q3. */
export function periodName(since: string, isQuarter: boolean): string {
  return isQuarter ? `${since.slice(0, 4)} Q${String(Math.ceil(Number(since.slice(5, 7)) / 3))}` : since.slice(0, 7);
}

/** Where the parts of a forecast lie on a bar, in percent of its greatest value. */
export function places(forecast: Forecast): { won: number; open: number; new: number; low: number; high: number; total: number } {
  const [won, open, fresh, low, high, best] = [forecast.won, forecast.open, forecast.newcomers.amount, forecast.low, forecast.high, forecast.best].map(Number) as [number, number, number, number, number, number];
  const most = Math.max(high, won + open + fresh, best, 1);
  const part = (value: number) => (100 * value) / most;
  return { won: part(won), open: part(open), new: part(fresh), low: part(low), high: part(high), total: part(won + open + fresh) };
}

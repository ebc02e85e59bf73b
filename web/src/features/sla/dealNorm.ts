import { body, client, ifMatch } from '@/api/client';
import type { DealNorm, NewDealNorm } from '@/api/types';
import { keys } from '@/api/queries';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

export const paceKey = [...keys.clocks, 'dealPace'] as const;

/** What a norm is measured in: shares are better the higher, days the lower. */
export type Measure = 'share' | 'days';
export type Typed = { normal: number | null; abnormal: number | null };
type Fault = 'required' | 'share' | 'days' | 'order';
export type Faults = { normal?: Fault; abnormal?: Fault };

/** What is normal of deals, who says so, and every version. */
export function useDealNorms(enabled = true) {
  return useQuery({ queryKey: [...paceKey, 'norms'], queryFn: () => body(client.GET('/api/deal-pace/norms')), enabled });
}

/** Sets a norm that was read at a version; every figure is judged anew, and read anew where somebody was faster. */
export function useSetDealNorm(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...norm }: NewDealNorm & { version: number }) =>
      body(client.PUT('/api/deal-pace/norms/{key}', { params: { path: { key } }, headers: ifMatch(version), body: norm })),
    onSettled: () => cache.invalidateQueries({ queryKey: paceKey }),
  });
}

export function measureOf(norm: Pick<DealNorm, 'better'>): Measure {
  return norm.better === 'higher' ? 'share' : 'days';
}

/** A threshold as it is typed: shares in per cent. */
export function typedOf(norm: Typed, measure: Measure): Typed {
  const shown = (value: number | null) => (value === null || measure === 'days' ? value : Math.round(value * 10_000) / 100);
  return { normal: shown(norm.normal), abnormal: shown(norm.abnormal) };
}

/** A threshold as it is sent: shares of one, with as many places as are kept. */
export function sentOf(typed: Typed, measure: Measure): Typed {
  const sent = (value: number | null) => (value === null || measure === 'days' ? value : Math.round(value * 100) / 10_000);
  return { normal: sent(typed.normal), abnormal: sent(typed.abnormal) };
}

/** What is wrong with thresholds, at the field at fault: the same that the server refuses. */
export function faultsOf({ normal, abnormal }: Typed, measure: Measure): Faults {
  const faults: Faults = {};
  if (normal === null) faults.normal = 'required';
  else if (measure === 'share' ? normal < 0 || normal > 100 : normal <= 0) faults.normal = measure;
  if (abnormal === null) faults.abnormal = 'required';
  else if (measure === 'share' ? abnormal < 0 || abnormal > 100 : abnormal <= 0) faults.abnormal = measure;
  else if (normal !== null && !faults.normal && (measure === 'share' ? abnormal >= normal : abnormal <= normal)) faults.abnormal = 'order';
  return faults;
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client, ifMatch } from '@/api/client';
import type { components } from '@/api/generated/schema';

type Schemas = components['schemas'];
export type Pilot = Schemas['PilotOut'];
export type PilotRow = Schemas['PilotRow'];
export type PilotIn = Schemas['PilotIn'];
export type PilotPage = Schemas['PilotPage'];
export type Side = 'pilot' | 'rest';
export type When = 'before' | 'after';
type Figure = Schemas['MetricFigure'];

const key = ['metrics', 'pilots'];

/** The pilots of units in one's reach and of product lines, the newest first. */
export function usePilots() {
  return useQuery({ queryKey: key, queryFn: () => body(client.GET('/api/pilots')) });
}

/** What a pilot changed. */
export function usePilot(id: number) {
  return useQuery({ queryKey: [...key, id], queryFn: () => body(client.GET('/api/pilots/{pilot_id}', { params: { path: { pilot_id: id } } })) });
}

/** What may be judged by. */
export function useMetrics() {
  return useQuery({ queryKey: ['metrics', 'definitions'], queryFn: () => body(client.GET('/api/metrics')), staleTime: 60_000 });
}

/** Where a pilot runs: its line and its unit, or the whole company. */
export function placed(pilot: Pilot, company: string, name: (given: Record<string, string>) => string): string[] {
  return [...(pilot.line ? [name(pilot.line.name)] : []), pilot.unit?.name ?? company];
}

/** Which things stand behind a cell: of the pilot's unit or line, or of those beside it. */
export function whereOf({ pilot, before, after }: Pick<PilotPage, 'pilot' | 'before' | 'after'>, side: Side, when: When) {
  const span = when === 'before' ? before : after;
  return span && { ...span, unit: pilot.unit?.id, line: pilot.line?.key, rest: side === 'rest' };
}

/** Begin a pilot, or change the one that is given. */
export function useKeepPilot(held: Pilot | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: PilotIn) =>
      held === null
        ? body(client.POST('/api/pilots', { body: given }))
        : body(client.PUT('/api/pilots/{pilot_id}', { params: { path: { pilot_id: held.id } }, body: given, headers: ifMatch(held.version) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** Take a pilot away. */
export function useRemovePilot() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (held: Pilot) => body(client.DELETE('/api/pilots/{pilot_id}', { params: { path: { pilot_id: held.id } }, headers: ifMatch(held.version) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** A figure as it is told: a share in percent, a count as it is. */
export function told(row: PilotRow, figure: Figure): string {
  if (figure.value === null) return '—';
  const isShare = row.format === 'share' || row.format === 'met' || row.format === 'missed';
  return isShare ? `${(Number(figure.value) * 100).toFixed(1)}%` : Number(figure.value).toLocaleString();
}

/** What a share rests on, such as `170 / 200`; nothing for a count. */
export function counts(figure: Figure): string {
  return figure.denominator === null ? '' : `${Number(figure.numerator)} / ${Number(figure.denominator)}`;
}

/** A change with its sign: points of a share, percent of a count. */
export function signed(row: PilotRow, value: number | null, points: string): string {
  if (value === null) return '—';
  const isShare = row.format === 'share' || row.format === 'met' || row.format === 'missed';
  const text = (Math.abs(value) * 100).toFixed(1);
  return `${value < 0 ? '−' : '+'}${text}${isShare ? ` ${points}` : '%'}`;
}

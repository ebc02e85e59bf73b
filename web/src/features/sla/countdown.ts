import type { Clock, Name } from '@/api/types';
import { recordPath } from '@/features/records/address';

/** A clock as a badge shows it. */
export type Brief = Pick<Clock, 'id' | 'due_at' | 'is_late' | 'is_red'> & { state: string; policy?: Name };

export type Face = 'running' | 'soon' | 'late' | 'paused' | 'met' | 'breached' | 'cancelled';

const closedFaces = ['paused', 'met', 'breached', 'cancelled'] as const;
const soon_s = 60 * 60;

/** How a clock looks: running, near its end, late and still open, standing still, or closed. */
export function faceOf(clock: Pick<Brief, 'state' | 'due_at' | 'is_late'>, now: number): Face {
  if (clock.state !== 'running') return closedFaces.find((face) => face === clock.state) ?? 'cancelled';
  const left = secondsLeft(clock, now);
  if (clock.is_late || (left !== null && left < 0)) return 'late';
  return left !== null && left <= soon_s ? 'soon' : 'running';
}

/** Seconds until it is due, negative when that is past; null for a clock without an end. */
export function secondsLeft(clock: Pick<Brief, 'due_at'>, now: number): number | null {
  return clock.due_at === null ? null : (new Date(clock.due_at).getTime() - now) / 1000;
}

/** How often its countdown changes: by the second near the end, else by the half minute. */
export function stepOf(clock: Pick<Brief, 'state' | 'due_at'>, now: number): number {
  const left = secondsLeft(clock, now);
  return clock.state === 'running' && left !== null && Math.abs(left) < 10 * 60 ? 1000 : 30_000;
}

/** What a badge needs of a whole clock. */
export function briefOf(clock: Clock): Brief {
  return { id: clock.id, policy: clock.policy.name, due_at: clock.due_at, state: clock.state, is_late: clock.is_late, is_red: clock.is_red };
}

/** Open clocks before closed ones, in the order they came. */
export function openFirst(clocks: Clock[]): { open: Clock[]; closed: Clock[] } {
  const isOpen = (clock: Clock) => clock.state === 'running' || clock.state === 'paused';
  return { open: clocks.filter(isOpen), closed: clocks.filter((clock) => !isOpen(clock)) };
}

/** Where in this client that is done which a clock waits for. */
export function placeOf(clock: Pick<Clock, 'link' | 'record'>): string {
  if (clock.record && (clock.link === '' || clock.link.startsWith('/records/'))) return recordPath(clock.record.type, clock.record.id);
  return clock.link || '/';
}

import { newKey } from '@/api/client';

/** Why the server did not take something, in its words. */
export type Refusal = { status: number; code: string; message: string };

export type About = { type: string; id: number; title: string };

/** An event as somebody notes it, under an id that it got here. */
export type Pending = { client_id: string; type: string; reason: string; text: string; about: About | null; asks_support: boolean };

/** The same as it lies on this device: when it happened, its screenshot's name, and its number once the server has it. */
export type NotedEvent = Pending & { at: string; picture: string | null; kept: number | null; problem: Refusal | null };

/** What is noted of a day: being written, confirmed and not sent yet, or refused. `closes` says that the day itself is sent, not a supplement. */
export type NotedLog = { day: string; client_id: string; state: 'writing' | 'waiting' | 'stuck'; closes: boolean; events: NotedEvent[]; problem: Refusal | null };

/** Who keeps what is noted until the server has it. */
export type LogKeeper = {
  subscribe: (listener: () => void) => () => void;
  snapshot: () => { logs: readonly NotedLog[] | null; status: 'idle' | 'sending' | 'later' | 'sign_in' };
  note: (day: string, event: NotedEvent) => Promise<void>;
  /** Changes one event as it is now; another page may have changed the others meanwhile. */
  rewrite: (day: string, id: string, change: Partial<Pending>) => Promise<void>;
  unnote: (day: string, id: string) => Promise<void>;
  /** Keeps the screenshot of an event, made smaller; null takes it away. Throws FileTooBig. */
  picture: (day: string, id: string, file: File | null) => Promise<void>;
  confirm: (day: string, closes: boolean) => Promise<void>;
  flush: () => Promise<void>;
};

export function freshLog(day: string): NotedLog {
  return { day, client_id: newKey(), state: 'writing', closes: false, events: [], problem: null };
}

/** Whether something would be lost if this device forgot it. */
export function holds(log: NotedLog): boolean {
  return log.events.length > 0 || log.state !== 'writing';
}

/** When an event of a day happened: now, or at noon of a day that is over. */
export function momentOf(day: string, today: string): string {
  return (day === today ? new Date() : new Date(`${day}T12:00:00`)).toISOString();
}

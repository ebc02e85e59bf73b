import { newKey } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { NotedEvent, Refusal } from '@/features/saleslog/noted';
import type { LogTransport } from './logTransport';
import { Pause, refusalOf, type Ending } from './sending';
import type { Shelf } from './shelf';

export type LogRound = { shelf: Shelf; transport: LogTransport; asked: () => Promise<number | null>; person: number };

async function mark(round: LogRound, day: string, id: string, change: Partial<NotedEvent>): Promise<void> {
  await round.shelf.changeLog(day, (log) => log && { ...log, events: log.events.map((one) => (one.client_id === id ? { ...one, ...change } : one)) });
}

/** Tells one event with its screenshot; gives why not where it is refused for good. */
async function tell(round: LogRound, day: string, event: NotedEvent): Promise<Refusal | null> {
  try {
    const id = event.kept ?? (await round.transport.report(event));
    if (event.kept === null) await mark(round, day, event.client_id, { kept: id });
    const photo = event.picture === null ? null : await round.shelf.photo(event.client_id);
    if (photo) await round.transport.picture(id, photo);
  } catch (error) {
    return refusalOf(error);
  }
  await round.shelf.changeLog(day, (log) => log && { ...log, events: log.events.filter((one) => one.client_id !== event.client_id) });
  await round.shelf.dropPhoto(event.client_id);
  return null;
}

/** Sends the day itself; one that was sent elsewhere meanwhile is sent, and its events are supplements. */
async function close(round: LogRound, day: string, clientId: string): Promise<Refusal | null> {
  try {
    await round.transport.send(day, clientId);
    return null;
  } catch (error) {
    const refusal = refusalOf(error);
    return refusal.code === 'saleslog_day_sent' ? null : refusal;
  }
}

/** Sends what is confirmed of a day: events first, the day when all of them are there. Whoever writes on meanwhile stops it. */
async function sendLog(round: LogRound, day: string): Promise<void> {
  const refused = new Set<string>();
  for (;;) {
    const log = (await round.shelf.logs()).find((one) => one.day === day);
    if (log?.state !== 'waiting') return;
    const event = log.events.find((one) => !refused.has(one.client_id));
    if (event) {
      const problem = await tell(round, day, event);
      if (problem) {
        refused.add(event.client_id);
        await mark(round, day, event.client_id, { problem });
      }
      continue;
    }
    const problem = log.closes && refused.size === 0 ? await close(round, day, log.client_id) : null;
    await round.shelf.changeLog(day, (now) => {
      if (!now) return null;
      if (problem || refused.size > 0) return { ...now, state: 'stuck', problem };
      return now.events.length === 0 ? null : { ...now, client_id: newKey(), closes: false, problem: null };
    });
    if (problem || refused.size > 0) return;
  }
}

/** Sends every confirmed day, the oldest first; whoever is signed in must be whose it is. */
export async function sendLogs(round: LogRound): Promise<Ending> {
  try {
    const days = (await round.shelf.logs()).filter((log) => log.state === 'waiting').map((log) => log.day);
    if (days.length === 0) return 'done';
    if ((await round.asked().catch(refusalOf)) !== round.person) return 'sign_in';
    for (const day of days.sort()) await sendLog(round, day);
    return 'done';
  } catch (error) {
    if (error instanceof Pause) return error.ending;
    if (problemOf(error)) return 'later';
    throw error;
  }
}

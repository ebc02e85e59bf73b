import { problemOf, type ProblemError } from '@/api/problem';
import { reportOf, type Item, type ItemProblem, type Missing, type Photo, type Report } from './items';
import type { Shelf } from './shelf';

/** What the server says of a follow-up that it has. */
export type Taken = { id: number; version: number; state: 'draft' | 'counted'; missing: Missing[] };
export type SyncAnswer = { client_id: string; followup: Taken | null; problem: ItemProblem | null };

/** The way to the server; every call throws a ProblemError when it is refused or does not come through. */
export type Transport = {
  /** Who is signed in now; null when nobody is. */
  person: () => Promise<number | null>;
  upload: (photo: Photo) => Promise<void>;
  sync: (reports: Report[], deviceNow: string) => Promise<SyncAnswer[]>;
  read: (id: number) => Promise<Taken>;
  complete: (id: number, version: number, report: Report) => Promise<Taken>;
};

export type Round = { shelf: Shelf; transport: Transport; person: number; now: () => number };

/** How a round of sending ended: all is said, try again later, or wait for this person's sign-in. */
export type Ending = 'done' | 'later' | 'sign_in';

export const batch_size = 20;
const most_tries = 3;
const missing_upload = 'followup_upload_missing';
/** Refusals of one item that another try may heal. */
const healing = new Set([missing_upload, 'followup_failed', 'edit_conflict']);

/** Thrown inside a round when going on makes no sense now. */
export class Pause extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending);
    this.ending = ending;
  }
}

/** Whether a status may heal by itself (RFC 9110): no answer, overload and the server's own trouble do, a refusal does not. */
export function mayHeal(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

function pauseOrThrow(error: unknown): ProblemError {
  const problem = problemOf(error);
  if (!problem || mayHeal(problem.status)) throw new Pause('later');
  if (problem.status === 401) throw new Pause('sign_in');
  return problem;
}

function toldOf(error: ProblemError): ItemProblem {
  const [first] = error.problem.errors ?? [];
  return { status: error.status, code: error.problem.code, message: first?.message || error.message };
}

/** Why it is refused for good; pauses the round where another try may heal it. */
export function refusalOf(error: unknown): ItemProblem {
  return toldOf(pauseOrThrow(error));
}

async function refuse(round: Round, item: Item, problem: ItemProblem): Promise<void> {
  const tries = item.tries + 1;
  if ((healing.has(problem.code) || mayHeal(problem.status)) && tries < most_tries) {
    // What the server no longer has of the pictures is sent once more.
    if (problem.code === missing_upload) for (const mark of item.photos) await round.shelf.markPhoto(mark.client_id, false);
    await round.shelf.change(item.client_id, (now) => ({ ...now, tries }));
    throw new Pause('later');
  }
  await round.shelf.change(item.client_id, (now) => ({ ...now, state: 'stuck', tries, problem }));
}

async function take(round: Round, item: Item, taken: Taken): Promise<void> {
  const { id, version, missing } = taken;
  const settled = await round.shelf.change(item.client_id, (now) => {
    const server = { id, version, missing };
    if (taken.state === 'counted') return { ...now, state: 'sent', problem: null, server };
    // Somebody went on writing while this was under way: the server gets the rest the next time.
    const isChanged = now.changed_at !== item.changed_at;
    return { ...now, state: isChanged ? now.state : 'draft', problem: null, server };
  });
  if (settled?.state === 'sent') await round.shelf.drop(settled, 'photos');
}

/** Sends the pictures of an item that the server does not have; gives false when one is refused for good. */
async function uploadPhotos(round: Round, item: Item): Promise<boolean> {
  for (const mark of item.photos) {
    const photo = await round.shelf.photo(mark.client_id);
    if (!photo || photo.isSent) continue;
    try {
      await round.transport.upload(photo);
    } catch (error) {
      await refuse(round, item, toldOf(pauseOrThrow(error)));
      return false;
    }
    await round.shelf.markPhoto(mark.client_id, true);
  }
  return true;
}

/** Brings a draft that the server has to what this phone has; another version there is read first. */
async function complete(round: Round, item: Item, server: NonNullable<Item['server']>): Promise<void> {
  const report = reportOf(item, round.now());
  const finish = async (version: number) => take(round, item, await round.transport.complete(server.id, version, report));
  try {
    await finish(server.version).catch(async (error: unknown) => {
      const problem = problemOf(error);
      if (problem?.status !== 412 && problem?.problem.code !== 'followup_counts') throw error;
      // The answer to an earlier try may have been lost, or it was changed elsewhere: the phone has the last word on a draft.
      const current = await round.transport.read(server.id);
      await (current.state === 'counted' ? take(round, item, current) : finish(current.version));
    });
  } catch (error) {
    await refuse(round, item, toldOf(pauseOrThrow(error)));
  }
}

async function sync(round: Round, items: Item[]): Promise<void> {
  const now = round.now();
  try {
    const reports = items.map((item) => reportOf(item, now));
    const answers = await round.transport.sync(reports, new Date(now).toISOString());
    for (const answer of answers) {
      const item = items.find((one) => one.client_id === answer.client_id);
      if (item && answer.followup) await take(round, item, answer.followup);
    }
    for (const answer of answers) {
      const item = items.find((one) => one.client_id === answer.client_id);
      if (item && answer.problem) await refuse(round, item, answer.problem);
    }
  } catch (error) {
    if (error instanceof Pause) throw error;
    const problem = pauseOrThrow(error);
    const [first, ...others] = items;
    if (first && others.length === 0) {
      await refuse(round, first, toldOf(problem));
      return;
    }
    // One of them spoils the whole: one at a time the others arrive.
    for (const item of items) await sync(round, [item]);
  }
}

/** Sends what waits, oldest first, pictures before what they prove; whoever is signed in must be whose it is. */
export async function sendWaiting(round: Round): Promise<Ending> {
  try {
    for (;;) {
      const waiting = (await round.shelf.items()).filter((item) => item.state === 'waiting');
      if (waiting.length === 0) return 'done';
      const signedIn = await round.transport.person().catch(pauseOrThrow);
      if (signedIn !== round.person) return 'sign_in';
      const batch = waiting.sort((one, other) => one.at.localeCompare(other.at)).slice(0, batch_size);
      const ready: Item[] = [];
      for (const item of batch) if (await uploadPhotos(round, item)) ready.push(item);
      const fresh = ready.filter((item) => item.server === null);
      for (const item of ready) if (item.server) await complete(round, item, item.server);
      if (fresh.length) await sync(round, fresh);
    }
  } catch (error) {
    if (error instanceof Pause) return error.ending;
    if (problemOf(error)) return 'later';
    throw error;
  }
}

import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '@/api/problem';
import type { Item, Report } from '@/phone/outbox/items';
import { sendWaiting, type SyncAnswer, type Taken, type Transport } from '@/phone/outbox/sending';
import { memoryShelf } from './memoryShelf';

const me = 7;
const now = Date.parse('2026-05-12T02:00:00Z');

function item(client_id: string, change: Partial<Item> = {}): Item {
  return {
    client_id,
    state: 'waiting',
    kind: 'visit',
    record: { type: 'customer', id: 3, title: '星海医院' },
    stage: null,
    customer: null,
    contact_id: null,
    at: `2026-05-12T01:00:0${client_id.length}Z`,
    text: ' 排队久 ',
    ticks: [],
    next_at: null,
    store: {},
    place: null,
    photos: [],
    changed_at: 1,
    tries: 0,
    problem: null,
    server: null,
    ...change,
  };
}

function refusal(status: number, code = 'x'): ProblemError {
  return new ProblemError({ title: `problem ${status}`, status, code });
}

/** A server that keeps what it takes by client id, and fails as it is told. */
class Server implements Transport {
  signedIn: number | null = me;
  readonly log: string[] = [];
  readonly uploads = new Map<string, number>();
  readonly followups = new Map<string, Taken & { report: Report; arrivals: number }>();
  readonly failures: ProblemError[] = [];
  readonly refused = new Map<string, ProblemError>();
  completesAs: 'counted' | 'draft' = 'counted';
  isAnswerLost = false;

  #meet(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
  async person() {
    this.#meet('person');
    return this.signedIn;
  }
  async upload({ client_id }: { client_id: string }) {
    this.#meet(`upload ${client_id}`);
    const refused = this.refused.get(client_id);
    if (refused) throw refused;
    this.uploads.set(client_id, (this.uploads.get(client_id) ?? 0) + 1);
  }
  async sync(reports: Report[]): Promise<SyncAnswer[]> {
    this.#meet(`sync ${reports.map((report) => report.client_id).join()}`);
    const whole = this.refused.get('whole');
    if (whole && reports.some((report) => report.text === 'broken')) throw whole;
    const answers = reports.map((report) => this.#take(report));
    if (this.isAnswerLost) {
      this.isAnswerLost = false;
      throw refusal(0);
    }
    return answers;
  }
  #take(report: Report): SyncAnswer {
    const { client_id } = report;
    const refused = this.refused.get(client_id);
    if (refused) return { client_id, followup: null, problem: { status: refused.status, code: refused.problem.code, message: refused.message } };
    const known = this.followups.get(client_id);
    const state = known?.state ?? this.completesAs;
    const taken = known ?? { id: this.followups.size + 1, version: 1, state, missing: [], report, arrivals: 0 };
    this.followups.set(client_id, { ...taken, arrivals: taken.arrivals + 1 });
    return { client_id, followup: taken, problem: null };
  }
  async read(id: number) {
    this.#meet(`read ${id}`);
    return this.#byId(id);
  }
  async complete(id: number, version: number, report: Report) {
    this.#meet(`complete ${id} v${version}`);
    const known = this.#byId(id);
    const refused = this.refused.get(`complete v${version}`);
    if (refused) throw refused;
    if (known.version !== version) throw refusal(412, 'edit_conflict');
    const changed = { ...known, report, version: version + 1, state: 'counted' as const };
    this.followups.set(report.client_id, changed);
    return changed;
  }
  #byId(id: number) {
    const found = [...this.followups.values()].find((one) => one.id === id);
    if (!found) throw refusal(404);
    return found;
  }
}

let shelf: ReturnType<typeof memoryShelf>;
let server: Server;
const send = () => sendWaiting({ shelf, transport: server, person: me, now: () => now });
const stateOf = async (id: string) => (await shelf.items()).find((one) => one.client_id === id)?.state;

async function withPhotos(id: string, ...photos: string[]): Promise<void> {
  await shelf.put(item(id));
  for (const client_id of photos) {
    await shelf.addPhoto({ client_id, item: id, kind: 'photo', name: `${client_id}.jpg`, type: 'image/jpeg', bytes: new ArrayBuffer(3), taken_at: null, isSent: false });
  }
}

beforeEach(() => {
  shelf = memoryShelf();
  server = new Server();
});

describe('what waits', () => {
  it('goes oldest first, pictures before what they prove, and is told exactly once', async () => {
    await withPhotos('bb', 'p2');
    await withPhotos('a', 'p1');
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['person', 'upload p1', 'upload p2', 'sync a,bb']);
    expect(await stateOf('a')).toBe('sent');
    expect(server.followups.get('a')?.report).toMatchObject({ text: '排队久', uploads: ['p1'], device_now: '2026-05-12T02:00:00.000Z', via: 'phone' });
    expect(shelf.photos.size).toBe(0);
    await send();
    expect(server.log).toHaveLength(4);
  });

  it('goes in batches', async () => {
    for (let number = 0; number < 45; number += 1) await shelf.put(item(`i${number}`));
    expect(await send()).toBe('done');
    expect(server.log.filter((one) => one.startsWith('sync'))).toHaveLength(3);
    expect(server.followups.size).toBe(45);
  });

  it('leaves alone what is being written', async () => {
    await shelf.put(item('a', { state: 'writing' }));
    expect(await send()).toBe('done');
    expect(server.log).toEqual([]);
  });
});

describe('when the network fails', () => {
  it.each([0, 408, 429, 500, 503])('a status of %s is tried again later, without what has arrived', async (status) => {
    await withPhotos('a', 'p1', 'p2');
    server.failures.push(...([undefined, undefined, refusal(status)] as ProblemError[]));
    expect(await send()).toBe('later');
    expect(await stateOf('a')).toBe('waiting');
    expect(await send()).toBe('done');
    expect([...server.uploads]).toEqual([['p1', 1], ['p2', 1]]);
    expect(await stateOf('a')).toBe('sent');
  });

  it('an answer that was lost leaves one follow-up', async () => {
    await shelf.put(item('a'));
    server.isAnswerLost = true;
    expect(await send()).toBe('later');
    expect(await send()).toBe('done');
    expect([...server.followups.values()]).toMatchObject([{ id: 1, arrivals: 2 }]);
  });
});

describe('when nobody, or somebody else, is signed in', () => {
  it.each([null, 8])('signed in: %s, nothing is sent', async (person) => {
    await withPhotos('a', 'p1');
    server.signedIn = person;
    expect(await send()).toBe('sign_in');
    expect(server.log).toEqual(['person']);
    expect(await stateOf('a')).toBe('waiting');
  });

  it('a session that ends on the way waits for the sign-in', async () => {
    await withPhotos('a', 'p1');
    server.failures.push(...([undefined, refusal(401)] as ProblemError[]));
    expect(await send()).toBe('sign_in');
    expect(await send()).toBe('done');
  });
});

describe('when one is refused', () => {
  it('it is set aside with the reason, and the others arrive', async () => {
    await shelf.put(item('a'));
    await shelf.put(item('bad'));
    server.refused.set('bad', refusal(404, 'not_found'));
    expect(await send()).toBe('done');
    const [, bad] = await shelf.items();
    expect(bad).toMatchObject({ state: 'stuck', problem: { status: 404, code: 'not_found', message: 'problem 404' } });
    expect(await stateOf('a')).toBe('sent');
  });

  it('one that spoils the whole batch is found, one at a time', async () => {
    await shelf.put(item('a'));
    await shelf.put(item('bb', { text: 'broken' }));
    server.refused.set('whole', refusal(422, 'invalid'));
    expect(await send()).toBe('done');
    expect(await stateOf('a')).toBe('sent');
    expect(await stateOf('bb')).toBe('stuck');
  });

  it('a picture that is refused sets its follow-up aside', async () => {
    await withPhotos('a', 'p1');
    server.refused.set('p1', refusal(413, 'too_large'));
    expect(await send()).toBe('done');
    expect((await shelf.items())[0]).toMatchObject({ state: 'stuck', problem: { code: 'too_large' } });
    expect(server.followups.size).toBe(0);
  });

  it('pictures that the server no longer has are sent once more', async () => {
    await withPhotos('a', 'p1');
    server.refused.set('a', refusal(409, 'followup_upload_missing'));
    expect(await send()).toBe('later');
    server.refused.clear();
    expect(await send()).toBe('done');
    expect(server.uploads.get('p1')).toBe(2);
    expect(await stateOf('a')).toBe('sent');
  });
});

describe('a draft that the server has', () => {
  beforeEach(async () => {
    server.completesAs = 'draft';
    await withPhotos('a', 'p1');
    await send();
  });

  const goOn = () => shelf.change('a', (now_) => ({ ...now_, state: 'waiting', text: '更多', changed_at: 2 }));

  it('stays on the phone with its pictures, to be completed', async () => {
    expect((await shelf.items())[0]).toMatchObject({ state: 'draft', server: { id: 1, version: 1 } });
    expect(shelf.photos.get('p1')?.isSent).toBe(true);
  });

  it('is completed there, not told anew', async () => {
    await goOn();
    expect(await send()).toBe('done');
    expect(server.log.slice(-2)).toEqual(['person', 'complete 1 v1']);
    expect(await stateOf('a')).toBe('sent');
  });

  it('is completed where it was changed elsewhere meanwhile', async () => {
    const known = server.followups.get('a');
    if (known) server.followups.set('a', { ...known, version: 4 });
    await goOn();
    expect(await send()).toBe('done');
    expect(server.log.slice(-3)).toEqual(['complete 1 v1', 'read 1', 'complete 1 v4']);
    expect(await stateOf('a')).toBe('sent');
  });

  it.each([
    [403, 'stuck', 'done'],
    [422, 'stuck', 'done'],
    [412, 'waiting', 'later'],
    [503, 'waiting', 'later'],
  ])('whose second try meets %s is %s', async (status, state, ending) => {
    const known = server.followups.get('a');
    if (known) server.followups.set('a', { ...known, version: 4 });
    server.refused.set('complete v4', refusal(status, status === 412 ? 'edit_conflict' : 'x'));
    await goOn();
    expect(await send()).toBe(ending);
    expect((await shelf.items())[0]).toMatchObject({ state, problem: state === 'stuck' ? { status } : null });
  });

  it('that is gone there is set aside', async () => {
    const known = server.followups.get('a');
    if (known) server.followups.set('a', { ...known, version: 4, id: 9 });
    await goOn();
    expect(await send()).toBe('done');
    expect(await stateOf('a')).toBe('stuck');
  });

  it('is left as it is where the answer to its completion was lost', async () => {
    const known = server.followups.get('a');
    if (known) server.followups.set('a', { ...known, version: 2, state: 'counted' });
    await goOn();
    expect(await send()).toBe('done');
    expect(server.log.at(-1)).toBe('read 1');
    expect(await stateOf('a')).toBe('sent');
  });
});

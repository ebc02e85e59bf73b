import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '@/api/problem';
import { freshLog, type NotedEvent, type NotedLog } from '@/features/saleslog/noted';
import { sendLogs } from '@/phone/outbox/logSending';
import type { LogTransport } from '@/phone/outbox/logTransport';
import { memoryShelf } from './memoryShelf';

const me = 7;
const day = '2026-05-12';

function refusal(status: number, code = 'x'): ProblemError {
  return new ProblemError({ title: `problem ${status}`, status, code });
}

function event(client_id: string, change: Partial<NotedEvent> = {}): NotedEvent {
  return { client_id, type: 'new_need', reason: '', text: '', about: null, asks_support: false, at: `${day}T02:00:00Z`, picture: null, kept: null, problem: null, ...change };
}

/** A server that keeps each event and each day once, and fails as it is told. */
class Server implements LogTransport {
  readonly log: string[] = [];
  readonly events: string[] = [];
  readonly failures = new Map<string, ProblemError[]>();
  onMeet: (what: string) => Promise<void> = async () => undefined;

  async #meet(what: string): Promise<void> {
    this.log.push(what);
    await this.onMeet(what);
    const failure = this.failures.get(what)?.shift();
    if (failure) throw failure;
  }
  async report({ client_id }: NotedEvent) {
    await this.#meet(`report ${client_id}`);
    if (!this.events.includes(client_id)) this.events.push(client_id);
    return this.events.indexOf(client_id) + 1;
  }
  async picture(id: number) {
    await this.#meet(`picture ${id}`);
  }
  async send(asked: string) {
    await this.#meet(`send ${asked}`);
  }
}

let shelf: ReturnType<typeof memoryShelf>;
let server: Server;
let signedIn: number | null;
const send = () => sendLogs({ shelf, transport: server, asked: async () => signedIn, person: me });
const noted = async () => (await shelf.logs())[0];
const confirm = (events: NotedEvent[], change: Partial<NotedLog> = {}) => shelf.changeLog(day, () => ({ ...freshLog(day), state: 'waiting', closes: true, events, ...change }));

async function withPicture(id: string): Promise<NotedEvent> {
  await shelf.putPhoto({ client_id: id, item: day, kind: 'screenshot', name: 'chat.png', type: 'image/png', bytes: new ArrayBuffer(3), taken_at: null, isSent: false });
  return event(id, { picture: 'chat.png' });
}

beforeEach(() => {
  shelf = memoryShelf();
  server = new Server();
  signedIn = me;
});

describe('a day that is confirmed', () => {
  it('goes event by event, each with its screenshot, the day last', async () => {
    await confirm([event('a'), await withPicture('b')]);
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report a', 'report b', 'picture 2', `send ${day}`]);
    expect(await noted()).toBeUndefined();
    expect(shelf.photos.size).toBe(0);
  });

  it('is not sent again where only a supplement is', async () => {
    await confirm([event('a')], { closes: false });
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report a']);
  });

  it('stays while it is being written', async () => {
    await confirm([event('a')], { state: 'writing' });
    expect(await send()).toBe('done');
    expect(server.log).toEqual([]);
  });

  it('that was sent elsewhere meanwhile is sent', async () => {
    server.failures.set(`send ${day}`, [refusal(409, 'saleslog_day_sent')]);
    await confirm([event('a')]);
    expect(await send()).toBe('done');
    expect(await noted()).toBeUndefined();
  });

  it('stops where somebody writes on, and keeps what was added', async () => {
    await confirm([event('a')]);
    server.onMeet = (what) => (what === 'report a' ? shelf.changeLog(day, (log) => log && { ...log, state: 'writing', events: [...log.events, event('b')] }) : Promise.resolve());
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report a']);
    expect(await noted()).toMatchObject({ state: 'writing', closes: true, events: [{ client_id: 'b' }] });
  });
});

describe('when it does not come through', () => {
  it.each([0, 408, 429, 503])('a status of %s is tried again, without what has arrived', async (status) => {
    await confirm([event('a'), await withPicture('b')]);
    server.failures.set('picture 2', [refusal(status)]);
    expect(await send()).toBe('later');
    expect(await noted()).toMatchObject({ state: 'waiting', events: [{ client_id: 'b', kept: 2 }] });
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report a', 'report b', 'picture 2', 'picture 2', `send ${day}`]);
  });

  it.each([null, 8])('signed in: %s, nothing is sent', async (person) => {
    await confirm([event('a')]);
    signedIn = person;
    expect(await send()).toBe('sign_in');
    expect(server.log).toEqual([]);
    expect(await noted()).toMatchObject({ state: 'waiting' });
  });

  it('a session that ends on the way waits for the sign-in', async () => {
    await confirm([event('a')]);
    server.failures.set('report a', [refusal(401)]);
    expect(await send()).toBe('sign_in');
    expect(await send()).toBe('done');
  });
});

describe('when something is refused', () => {
  it('the others arrive, it is set aside with the reason, and the day waits for it', async () => {
    await confirm([event('bad'), event('a')]);
    server.failures.set('report bad', [refusal(404, 'record_not_found')]);
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report bad', 'report a']);
    expect(await noted()).toMatchObject({ state: 'stuck', events: [{ client_id: 'bad', kept: null, problem: { status: 404, message: 'problem 404' } }] });
  });

  it('a screenshot that is refused leaves its event there and asks for another', async () => {
    await confirm([await withPicture('a')]);
    server.failures.set('picture 1', [refusal(422)]);
    expect(await send()).toBe('done');
    expect(await noted()).toMatchObject({ state: 'stuck', events: [{ kept: 1, problem: { status: 422 } }] });
    await shelf.changeLog(day, (log) => log && { ...log, state: 'waiting' });
    expect(await send()).toBe('done');
    expect(server.log).toEqual(['report a', 'picture 1', 'picture 1', `send ${day}`]);
  });

  it('a day that is refused says why', async () => {
    await confirm([event('a')]);
    server.failures.set(`send ${day}`, [refusal(422, 'saleslog_day_out_of_reach')]);
    expect(await send()).toBe('done');
    expect(await noted()).toMatchObject({ state: 'stuck', events: [], problem: { code: 'saleslog_day_out_of_reach' } });
  });
});

import { databaseOf, type Database } from '@/phone/offline/database';
import { freshLog, holds, type LogKeeper, type NotedLog } from '@/features/saleslog/noted';
import { keptPhoto } from '@/phone/capture/photos';
import { isBlank, isUnsent, type Item, type Photo } from './items';
import { sendLogs } from './logSending';
import { logHttp, type LogTransport } from './logTransport';
import { setMark } from './mark';
import { sendWaiting, type Ending, type Transport } from './sending';
import { shelfIn, type Shelf } from './shelf';
import { http } from './transport';
import { inTurn } from './turn';

/** The pauses between tries that failed; network, sight and hand come before them. */
const pauses_ms = [5_000, 15_000, 45_000, 120_000, 300_000];
const kept_ms = 7 * 86_400_000;

export type Status = 'idle' | 'sending' | Exclude<Ending, 'done'>;
export type Snapshot = { items: Item[] | null; logs: NotedLog[] | null; status: Status };

/** What a person wrote on this phone, and the sending of it. */
export class Outbox implements LogKeeper {
  readonly person: number;
  readonly #database: Database;
  readonly #shelf: Shelf;
  readonly #transport: Transport;
  readonly #logTransport: LogTransport;
  readonly #listeners = new Set<() => void>();
  readonly #others: BroadcastChannel | null;
  #snapshot: Snapshot = { items: null, logs: null, status: 'idle' };
  #sending: Promise<void> | null = null;
  #isAskedAgain = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(person: number, database: Database = databaseOf(person), transport: Transport = http, logTransport: LogTransport = logHttp) {
    this.person = person;
    this.#database = database;
    this.#shelf = shelfIn(database);
    this.#transport = transport;
    this.#logTransport = logTransport;
    this.#others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`closeloop.outbox.${person}`);
    if (this.#others) this.#others.onmessage = () => void this.#read();
    addEventListener('online', () => void this.flush());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.flush();
    });
    void this.#read();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  /** Everything that lies here, as it is now. */
  async all(): Promise<Item[]> {
    return this.#shelf.items();
  }

  async allLogs(): Promise<NotedLog[]> {
    return this.#shelf.logs();
  }

  async save(item: Item): Promise<void> {
    await this.#shelf.put(item);
    await this.#changed();
  }

  /** Changes what is written of an item; gives it as it is then. */
  async write(id: string, change: Partial<Item>): Promise<Item | null> {
    const changed = await this.#shelf.change(id, (item) => ({ ...item, ...change, changed_at: Date.now() }));
    await this.#changed();
    return changed;
  }

  async addPhoto(photo: Photo): Promise<void> {
    await this.#shelf.addPhoto(photo);
    await this.#changed();
  }

  async removePhoto(item: string, photo: string): Promise<void> {
    await this.#shelf.removePhoto(item, photo);
    await this.#changed();
  }

  photo(id: string): Promise<Photo | null> {
    return this.#shelf.photo(id);
  }

  /** The person is done with it: it goes to the server as soon as it can. */
  async finish(id: string): Promise<void> {
    await this.#shelf.change(id, (item) => ({ ...item, state: 'waiting', problem: null, tries: 0, changed_at: Date.now() }));
    await this.#changed();
    void this.flush();
  }

  async discard(item: Item): Promise<void> {
    await this.#shelf.drop(item, 'all');
    await this.#changed();
  }

  note: LogKeeper['note'] = (day, event) => this.#log(day, (log) => ({ ...log, events: [...log.events, event] }));

  rewrite: LogKeeper['rewrite'] = (day, id, change) =>
    this.#log(day, (log) => ({ ...log, events: log.events.map((one) => (one.client_id === id ? { ...one, ...change, problem: null } : one)) }));

  unnote: LogKeeper['unnote'] = async (day, id) => {
    await this.#shelf.dropPhoto(id);
    await this.#log(day, (log) => ({ ...log, events: log.events.filter((one) => one.client_id !== id) }));
  };

  picture: LogKeeper['picture'] = async (day, id, file) => {
    if (file) await this.#shelf.putPhoto({ ...(await keptPhoto(file, day, 'screenshot')), client_id: id });
    else await this.#shelf.dropPhoto(id);
    await this.#log(day, (log) => ({ ...log, events: log.events.map((one) => (one.client_id === id ? { ...one, picture: file?.name ?? null, problem: null } : one)) }));
  };

  confirm: LogKeeper['confirm'] = async (day, closes) => {
    await this.#shelf.changeLog(day, (log) => {
      const now = log ?? freshLog(day);
      return { ...now, state: 'waiting', closes: closes || now.closes, problem: null, events: now.events.map((one) => ({ ...one, problem: null })) };
    });
    await this.#changed();
    void this.flush();
  };

  async discardLog(log: NotedLog): Promise<void> {
    for (const event of log.events) await this.#shelf.dropPhoto(event.client_id);
    await this.#shelf.changeLog(log.day, () => null);
    await this.#changed();
  }

  /** What waits is not sent while somebody goes on writing it. */
  async #log(day: string, work: (log: NotedLog) => NotedLog): Promise<void> {
    await this.#shelf.changeLog(day, (log) => ({ ...work(log ?? freshLog(day)), state: 'writing', problem: null }));
    await this.#changed();
  }

  /** Forgets everything, sent or not. */
  async clear(): Promise<void> {
    await this.#shelf.clear();
    await this.#changed();
  }

  /** Sends what waits now; asked for while it runs, it looks once more when it is through. */
  flush(): Promise<void> {
    if (this.#sending) this.#isAskedAgain = true;
    this.#sending ??= this.#flush().finally(() => {
      this.#sending = null;
      if (this.#isAskedAgain) {
        this.#isAskedAgain = false;
        void this.flush();
      }
    });
    return this.#sending;
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    const [items, logs] = await Promise.all([this.#shelf.items(), this.#shelf.logs()]);
    if (![...items, ...logs].some(({ state }) => state === 'waiting')) return;
    this.#show({ status: 'sending' });
    const ending = (await inTurn(`closeloop.outbox.${this.person}`, this.#database, () => this.#round()).catch(() => 'later' as const)) ?? 'later';
    await this.#changed();
    this.#show({ status: ending === 'done' ? 'idle' : ending });
    this.#failures = ending === 'later' ? this.#failures + 1 : 0;
    const pause_ms = pauses_ms[Math.min(this.#failures, pauses_ms.length) - 1];
    if (ending === 'later') this.#timer = setTimeout(() => void this.flush(), pause_ms);
  }

  /** Follow-ups go first: the day that is sent holds them. */
  async #round(): Promise<Ending> {
    const common = { shelf: this.#shelf, person: this.person };
    const ending = await sendWaiting({ ...common, transport: this.#transport, now: () => Date.now() });
    if (ending === 'sign_in') return ending;
    const logs = await sendLogs({ ...common, transport: this.#logTransport, asked: this.#transport.person });
    return logs === 'done' ? ending : logs;
  }

  async #changed(): Promise<void> {
    await this.#read();
    this.#others?.postMessage('changed');
  }

  async #read(): Promise<void> {
    const found = await Promise.all([this.#shelf.items(), this.#shelf.logs()]).catch(() => null);
    if (!found) return;
    const [items, logs] = found;
    for (const old of items.filter((item) => item.state === 'sent' && Date.now() - item.changed_at > kept_ms)) await this.#shelf.drop(old, 'all');
    this.#show({ items: items.sort((one, other) => other.at.localeCompare(one.at)), logs });
    const all = [...items, ...logs];
    setMark(this.person, {
      waiting: all.filter(({ state }) => state === 'waiting').length,
      unfinished: items.filter((item) => (item.state === 'writing' && !isBlank(item)) || item.state === 'draft').length + logs.filter((log) => log.state === 'writing' && holds(log)).length,
      stuck: all.filter(({ state }) => state === 'stuck').length,
    });
  }

  #show(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}

const opened = new Map<number, Outbox>();

/** The outbox of a person; nobody else's pages open it. */
export function outboxOf(person: number): Outbox {
  const found = opened.get(person) ?? new Outbox(person);
  opened.set(person, found);
  return found;
}

/** How many items would be lost if this phone forgot them. */
export async function countUnsent(person: number): Promise<number> {
  const outbox = outboxOf(person);
  return (await outbox.all()).filter(isUnsent).length + (await outbox.allLogs()).filter(holds).length;
}

import type { Database } from '@/phone/offline/database';

const lease_ms = 60_000;

type Lease = { holder: string; until: number };

/** Takes the lease of an older browser for a while; false while another page holds it. */
async function leased(database: Database, holder: string, until: number): Promise<boolean> {
  let isOurs = false;
  await database.run(['lease'], 'readwrite', ({ lease }) => {
    const asked = lease?.get('outbox') as IDBRequest<Lease | undefined> | undefined;
    if (asked) {
      asked.onsuccess = () => {
        const held = asked.result;
        isOurs = !held || held.holder === holder || held.until < Date.now();
        if (isOurs) lease?.put({ holder, until }, 'outbox');
      };
    }
    return undefined;
  });
  return isOurs;
}

/** Runs the work while no other page of this browser does the same; null where it must wait for another time. */
export async function inTurn<T>(name: string, database: Database, work: () => Promise<T>): Promise<T | null> {
  if (typeof navigator.locks !== 'undefined') return navigator.locks.request(name, work);
  const holder = String(Math.random());
  const renew = () => leased(database, holder, Date.now() + lease_ms);
  if (!(await renew())) return null;
  const renewing = setInterval(() => void renew(), lease_ms / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await leased(database, holder, 0);
  }
}

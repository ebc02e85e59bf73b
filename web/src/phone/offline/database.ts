type Asked<T> = { readonly result: T; readonly error: DOMException | null };
type Work<T> = (shelves: Record<string, IDBObjectStore>) => Asked<T> | undefined;

/** A database in this browser: shelves of values by key. */
export type Database = {
  /** Runs one transaction over the named shelves; gives the result of the request that the work returns. */
  run<T = undefined>(shelves: readonly string[], mode: IDBTransactionMode, work: Work<T>): Promise<T>;
};

function open(name: string, shelves: readonly string[], onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 2);
    asked.onupgradeneeded = () => {
      const { result } = asked;
      for (const shelf of shelves) if (!result.objectStoreNames.contains(shelf)) result.createObjectStore(shelf);
    };
    asked.onsuccess = () => {
      const database = asked.result;
      database.onclose = onClosed;
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      resolve(database);
    };
    asked.onerror = () => {
      reject(asked.error ?? new Error('The database of this browser cannot be opened.'));
    };
  });
}

/** Opens the database with its first use, and again when the browser has closed it. */
export function databaseNamed(name: string, shelves: readonly string[]): Database {
  let opened: Promise<IDBDatabase> | null = null;
  const forget = () => {
    opened = null;
  };
  return {
    async run<T>(names: readonly string[], mode: IDBTransactionMode, work: Work<T>) {
      opened ??= open(name, shelves, forget);
      opened.catch(forget);
      const transaction = (await opened).transaction(names, mode);
      return new Promise<T>((resolve, reject) => {
        const request = work(Object.fromEntries(names.map((each) => [each, transaction.objectStore(each)])));
        transaction.oncomplete = () => {
          resolve(request?.result as T);
        };
        transaction.onabort = () => {
          reject(transaction.error ?? request?.error ?? new Error('The browser gave up writing.'));
        };
      });
    },
  };
}

const known = new Map<string, Database>();

/** What this browser keeps for one person; nobody else's pages open it. */
export function databaseOf(person: number): Database {
  const name = `closeloop.${person}`;
  const found = known.get(name) ?? databaseNamed(name, ['answers', 'items', 'photos', 'lease', 'logs']);
  known.set(name, found);
  return found;
}

/** What belongs to this browser: who was here last. */
export const common = databaseNamed('closeloop', ['answers']);

import type { Database } from '@/phone/offline/database';
import type { NotedLog } from '@/features/saleslog/noted';
import type { Item, Photo } from './items';

/** Where items and their pictures lie; every call is one step that happens whole or not at all. */
export type Shelf = {
  items: () => Promise<Item[]>;
  put: (item: Item) => Promise<void>;
  /** Changes an item as it is now, unless it is gone; another page may have changed it meanwhile. */
  change: (id: string, work: (item: Item) => Item) => Promise<Item | null>;
  /** Puts a picture beside its item, which names it from then on. */
  addPhoto: (photo: Photo) => Promise<void>;
  photo: (id: string) => Promise<Photo | null>;
  markPhoto: (id: string, isSent: boolean) => Promise<void>;
  removePhoto: (item: string, photo: string) => Promise<void>;
  /** Takes an item away with its pictures, or the pictures alone. */
  drop: (item: Item, part: 'all' | 'photos') => Promise<void>;
  /** What is noted of days for the sales log. */
  logs: () => Promise<NotedLog[]>;
  /** Changes a day as it is now, null where nothing is noted of it; null takes it away. */
  changeLog: (day: string, work: (log: NotedLog | null) => NotedLog | null) => Promise<void>;
  putPhoto: (photo: Photo) => Promise<void>;
  dropPhoto: (id: string) => Promise<void>;
  clear: () => Promise<void>;
};

/** The shelf in a person's own database of this browser. */
export function shelfIn(database: Database): Shelf {
  const both = ['items', 'photos'];
  return {
    items: async () => (await database.run<unknown[]>(['items'], 'readonly', ({ items }) => items?.getAll())) as Item[],
    put: async (item) => {
      await database.run<unknown>(['items'], 'readwrite', ({ items }) => items?.put(item, item.client_id));
    },
    change: async (id, work) => {
      let changed: Item | null = null;
      await database.run(['items'], 'readwrite', ({ items }) => {
        const asked = items?.get(id) as IDBRequest<Item | undefined> | undefined;
        if (!items || !asked) return undefined;
        asked.onsuccess = () => {
          if (!asked.result) return;
          changed = work(asked.result);
          items.put(changed, id);
        };
        return undefined;
      });
      return changed;
    },
    addPhoto: async (photo) => {
      await database.run(both, 'readwrite', ({ items, photos }) => {
        const asked = items?.get(photo.item) as IDBRequest<Item | undefined> | undefined;
        photos?.put(photo, photo.client_id);
        if (asked) {
          asked.onsuccess = () => {
            const item = asked.result;
            if (!item) return;
            const mark = { client_id: photo.client_id, kind: photo.kind, name: photo.name };
            items?.put({ ...item, photos: [...item.photos, mark], changed_at: Date.now() }, item.client_id);
          };
        }
        return undefined;
      });
    },
    photo: async (id) => ((await database.run<unknown>(['photos'], 'readonly', ({ photos }) => photos?.get(id))) as Photo | undefined) ?? null,
    markPhoto: async (id, isSent) => {
      await database.run(['photos'], 'readwrite', ({ photos }) => {
        const asked = photos?.get(id) as IDBRequest<Photo | undefined> | undefined;
        if (asked) {
          asked.onsuccess = () => {
            if (asked.result) photos?.put({ ...asked.result, isSent }, id);
          };
        }
        return undefined;
      });
    },
    removePhoto: async (id, gone) => {
      await database.run(both, 'readwrite', ({ items, photos }) => {
        photos?.delete(gone);
        const asked = items?.get(id) as IDBRequest<Item | undefined> | undefined;
        if (asked) {
          asked.onsuccess = () => {
            const item = asked.result;
            if (item) items?.put({ ...item, photos: item.photos.filter((one) => one.client_id !== gone), changed_at: Date.now() }, id);
          };
        }
        return undefined;
      });
    },
    drop: async (item, part) => {
      await database.run(both, 'readwrite', ({ items, photos }) => {
        for (const mark of item.photos) photos?.delete(mark.client_id);
        if (part === 'all') items?.delete(item.client_id);
        return undefined;
      });
    },
    logs: async () => (await database.run<unknown[]>(['logs'], 'readonly', ({ logs }) => logs?.getAll())) as NotedLog[],
    changeLog: async (day, work) => {
      await database.run(['logs'], 'readwrite', ({ logs }) => {
        const asked = logs?.get(day) as IDBRequest<NotedLog | undefined> | undefined;
        if (!logs || !asked) return undefined;
        asked.onsuccess = () => {
          const changed = work(asked.result ?? null);
          if (changed) logs.put(changed, day);
          else logs.delete(day);
        };
        return undefined;
      });
    },
    putPhoto: async (photo) => {
      await database.run<unknown>(['photos'], 'readwrite', ({ photos }) => photos?.put(photo, photo.client_id));
    },
    dropPhoto: async (id) => {
      await database.run(['photos'], 'readwrite', ({ photos }) => photos?.delete(id));
    },
    clear: async () => {
      await database.run([...both, 'logs'], 'readwrite', ({ items, photos, logs }) => {
        items?.clear();
        photos?.clear();
        logs?.clear();
        return undefined;
      });
    },
  };
}

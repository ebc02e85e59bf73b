import type { NotedLog } from '@/features/saleslog/noted';
import type { Item, Photo } from '@/phone/outbox/items';
import type { Shelf } from '@/phone/outbox/shelf';

/** A shelf without a browser's database. */
export function memoryShelf(): Shelf & { photos: Map<string, Photo> } {
  const items = new Map<string, Item>();
  const photos = new Map<string, Photo>();
  const days = new Map<string, NotedLog>();
  const change = (id: string, work: (item: Item) => Item) => {
    const item = items.get(id);
    const changed = item ? work(item) : null;
    if (changed) items.set(id, changed);
    return Promise.resolve(changed);
  };
  return {
    photos,
    items: () => Promise.resolve([...items.values()]),
    put: async (item) => {
      items.set(item.client_id, item);
    },
    change,
    addPhoto: async (photo) => {
      photos.set(photo.client_id, photo);
      await change(photo.item, (item) => ({ ...item, photos: [...item.photos, { client_id: photo.client_id, kind: photo.kind, name: photo.name }] }));
    },
    photo: (id) => Promise.resolve(photos.get(id) ?? null),
    markPhoto: async (id, isSent) => {
      const photo = photos.get(id);
      if (photo) photos.set(id, { ...photo, isSent });
    },
    removePhoto: async (id, gone) => {
      photos.delete(gone);
      await change(id, (item) => ({ ...item, photos: item.photos.filter((one) => one.client_id !== gone) }));
    },
    drop: async (item, part) => {
      item.photos.forEach((mark) => photos.delete(mark.client_id));
      if (part === 'all') items.delete(item.client_id);
    },
    logs: () => Promise.resolve([...days.values()]),
    changeLog: async (day, work) => {
      const changed = work(days.get(day) ?? null);
      if (changed) days.set(day, changed);
      else days.delete(day);
    },
    putPhoto: async (photo) => {
      photos.set(photo.client_id, photo);
    },
    dropPhoto: async (id) => {
      photos.delete(id);
    },
    clear: async () => {
      days.clear();
      items.clear();
      photos.clear();
    },
  };
}

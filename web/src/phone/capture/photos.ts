import { newKey } from '@/api/client';
import { takenAt } from '@/features/files/exif';
import { shrinkPhoto } from '@/features/files/shrink';
import type { Photo } from '@/phone/outbox/items';

const longest_px = 2048;
/** What a server in front of ours is sure to let through. */
const most_bytes = 15_000_000;

/** A file that cannot be made small enough to travel. */
export class FileTooBig extends Error {
  override readonly name = 'FileTooBig';
}

/** A file as it is kept until it is sent: a picture made smaller first, with what its camera wrote into it. */
export async function keptPhoto(file: File, item: string, kind: string): Promise<Photo> {
  const original = new Uint8Array(await file.arrayBuffer());
  const smaller = await shrinkPhoto(file, longest_px);
  if (smaller.size > most_bytes) throw new FileTooBig();
  return {
    client_id: newId(),
    item,
    kind,
    name: smaller.name || 'photo.jpg',
    type: smaller.type || 'application/octet-stream',
    bytes: smaller === file ? original.buffer : await smaller.arrayBuffer(),
    taken_at: takenAt(original),
    isSent: false,
  };
}

/** An id as the server takes them: with the dashes of a UUID. */
export function newId(): string {
  const key = newKey();
  return key.includes('-') ? key : key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether the phone has no room left for what it was told to keep. */
export function isOutOfRoom(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

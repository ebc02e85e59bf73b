const startOfImage = 0xffd8;
const application1 = 0xffe1;
const startOfScan = 0xffda;
const head = 'Exif\0\0';
const tags = { orientation: 0x0112, exif: 0x8769, takenAt: 0x9003, offset: 0x9011 };

type Entry = { at: number; count: number };

function letters(view: DataView, at: number, count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) text += String.fromCharCode(view.getUint8(at + index));
  return text;
}

/** The part of a JPEG that carries the camera's facts, marker and length included; null without one. */
function factsPart(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== startOfImage) return null;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    const marker = view.getUint16(at);
    const end = at + 2 + view.getUint16(at + 2);
    if (marker < 0xff00 || marker === startOfScan || end > view.byteLength) return null;
    if (marker === application1 && end - at > 18 && letters(view, at + 4, head.length) === head) return bytes.slice(at, end);
    at = end;
  }
  return null;
}

/** The TIFF structure inside the part: its entries by tag (EXIF 2.32, 4.6). */
function tiffOf(part: Uint8Array) {
  const view = new DataView(part.buffer, part.byteOffset + 10, part.byteLength - 10);
  const little = view.getUint16(0) === 0x4949;
  const directory = (at: number): Map<number, Entry> => {
    const found = new Map<number, Entry>();
    const count = view.getUint16(at, little);
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12;
      found.set(view.getUint16(entry, little), { at: entry + 8, count: view.getUint32(entry + 4, little) });
    }
    return found;
  };
  const first = directory(view.getUint32(4, little));
  const pointer = first.get(tags.exif);
  const exif = pointer ? directory(view.getUint32(pointer.at, little)) : new Map<number, Entry>();
  const text = (entry: Entry | undefined) => {
    if (!entry) return null;
    const at = entry.count > 4 ? view.getUint32(entry.at, little) : entry.at;
    return letters(view, at, entry.count).replace(/\0.*$/s, '');
  };
  return { view, little, first, exif, text };
}

/** The smaller JPEG with the camera's facts of the original; its pixels are upright already, and the facts say so. */
export function withFacts(original: Uint8Array, smaller: Uint8Array): Uint8Array {
  const part = factsPart(original);
  if (!part || smaller.length < 2) return smaller;
  try {
    const { view, little, first } = tiffOf(part);
    const orientation = first.get(tags.orientation);
    if (orientation) view.setUint16(orientation.at, 1, little);
  } catch {
    return smaller; // Facts that cannot be read help nobody.
  }
  const whole = new Uint8Array(smaller.length + part.length);
  whole.set(smaller.subarray(0, 2));
  whole.set(part, 2);
  whole.set(smaller.subarray(2), 2 + part.length);
  return whole;
}

/** When the camera says that the picture was taken (ISO 8601; the phone's own zone where it names none); null if it does not say. */
export function takenAt(original: Uint8Array): string | null {
  const part = factsPart(original);
  if (!part) return null;
  try {
    const { exif, text } = tiffOf(part);
    const [, day, time] = /^(\d{4}:\d{2}:\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text(exif.get(tags.takenAt)) ?? '') ?? [];
    if (!day || !time) return null;
    const zone = /^[+-]\d{2}:\d{2}/.exec(text(exif.get(tags.offset)) ?? '')?.[0] ?? '';
    const at = new Date(`${day.replaceAll(':', '-')}T${time}${zone}`);
    return Number.isNaN(at.getTime()) ? null : at.toISOString();
  } catch {
    return null;
  }
}

import { describe, expect, it } from 'vitest';
import { takenAt, withFacts } from './exif';

const plain = Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, 0, 3, 9, 0xff, 0xd9]);

/** A JPEG whose facts hold an orientation, a time and a zone, in either order of bytes. */
function photo({ little, time, zone = '' }: { little: boolean; time: string; zone?: string }): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(120));
  const put = (at: number, text: string) => {
    [...text].forEach((letter, index) => {
      tiff.setUint8(at + index, letter.charCodeAt(0));
    });
  };
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.setUint16(at, tag, little);
    tiff.setUint16(at + 2, type, little);
    tiff.setUint32(at + 4, count, little);
    if (type === 3) tiff.setUint16(at + 8, value, little);
    else tiff.setUint32(at + 8, value, little);
  };
  put(0, little ? 'II' : 'MM');
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 2, little);
  entry(10, 0x0112, 3, 1, 6);
  entry(22, 0x8769, 4, 1, 40);
  tiff.setUint16(40, zone ? 2 : 1, little);
  entry(42, 0x9003, 2, 20, 70);
  entry(54, 0x9011, 2, 7, 92);
  put(70, `${time}\0`);
  put(92, `${zone}\0`);
  const facts = Uint8Array.from([...'Exif\0\0'].map((letter) => letter.charCodeAt(0)));
  const length = 2 + facts.length + tiff.byteLength;
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255, ...facts, ...new Uint8Array(tiff.buffer), ...plain.slice(2)]);
}

describe.each([true, false])('a photo with its bytes little end first: %s', (little) => {
  it('says when it was taken, in the zone that it names', () => {
    expect(takenAt(photo({ little, time: '2026:05:12 10:00:00', zone: '+08:00' }))).toBe('2026-05-12T02:00:00.000Z');
  });

  it('says it in the zone of the phone where it names none', () => {
    expect(takenAt(photo({ little, time: '2026:05:12 10:00:00' }))).toBe(new Date(2026, 4, 12, 10).toISOString());
  });

  it('hands its facts to the smaller one, which stands upright', () => {
    const original = photo({ little, time: '2026:05:12 10:00:00', zone: '+08:00' });
    const whole = withFacts(original, plain);
    expect(takenAt(whole)).toBe(takenAt(original));
    expect(whole.slice(-plain.length + 2)).toEqual(plain.slice(2));
    const orientation = new DataView(whole.buffer).getUint16(2 + 10 + 10 + 8, little);
    expect(orientation).toBe(1);
  });
});

it('has nothing to say without facts, or with broken ones', () => {
  expect(takenAt(plain)).toBeNull();
  expect(takenAt(Uint8Array.from([1, 2, 3]))).toBeNull();
  expect(takenAt(photo({ little: true, time: 'none' }))).toBeNull();
  expect(takenAt(photo({ little: true, time: '2026:05:12 10:00:00' }).slice(0, 60))).toBeNull();
  expect(withFacts(plain, plain)).toBe(plain);
});

import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { canRecord, clockOf, stamp, useRecorder } from '@/features/conversations/recording';

let stopped = 0;
let heard: FakeRecorder | null = null;

class FakeRecorder {
  static isTypeSupported = (type: string) => type.startsWith('audio/mp4');
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  readonly mimeType: string;
  readonly stream: { getTracks: () => { stop: () => void }[] };
  constructor(stream: FakeRecorder['stream'], options: { mimeType: string }) {
    this.stream = stream;
    this.mimeType = options.mimeType;
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    heard = this;
  }
  start() {
    this.ondataavailable?.({ data: new Blob(['one ']) });
  }
  stop() {
    this.ondataavailable?.({ data: new Blob(['two']) });
    this.onstop?.();
  }
}

beforeEach(() => {
  stopped = 0;
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve({ getTracks: () => [{ stop: () => { stopped += 1; } }] }) } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('what was said until the stop is one file in a format that the browser has', async () => {
  const files: File[] = [];
  const { result } = renderHook(() => useRecorder('录音', (file) => files.push(file)));
  await act(() => result.current.start());
  expect(result.current.seconds).toBe(0);
  act(() => { result.current.stop(); });
  expect(result.current.seconds).toBeNull();
  expect(await files[0]?.text()).toBe('one two');
  expect(files[0]?.name).toMatch(/^录音 \d{4}-\d\d-\d\d \d{4}\.m4a$/);
  expect(files[0]?.type).toBe('audio/mp4');
  expect(stopped).toBe(1);
});

test('what is discarded, or left with its page, is no file, and the microphone is off', async () => {
  const files: File[] = [];
  const { result, unmount } = renderHook(() => useRecorder('录音', (file) => files.push(file)));
  await act(() => result.current.start());
  act(() => { result.current.discard(); });
  expect([files.length, stopped, result.current.seconds]).toEqual([0, 1, null]);
  await act(() => result.current.start());
  unmount();
  expect([files.length, stopped, heard !== null]).toEqual([0, 2, true]);
});

test('a browser that cannot record is not asked to', () => {
  expect(canRecord()).toBe(true);
  vi.stubGlobal('MediaRecorder', undefined);
  expect(canRecord()).toBe(false);
});

test('times are told as on a recorder', () => {
  expect([clockOf(0), clockOf(127), clockOf(3727)]).toEqual(['00:00', '02:07', '1:02:07']);
  expect(stamp(new Date(2026, 10, 3, 9, 5))).toBe('2026-11-03 0905');
});

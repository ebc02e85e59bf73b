import { useEffect, useRef, useState } from 'react';

const FORMATS = [
  { type: 'audio/webm;codecs=opus', suffix: 'webm' },
  { type: 'audio/mp4', suffix: 'm4a' },
  { type: 'audio/ogg;codecs=opus', suffix: 'ogg' },
] as const;
const PART_MS = 1000;
const LONGEST_S = 3 * 3600;

/** Whether this browser can record at all (a page inside an app, or without https, often cannot). */
export const canRecord = () => typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices) && FORMATS.some((format) => MediaRecorder.isTypeSupported(format.type));

const two = (number: number) => String(number).padStart(2, '0');

/** `2026-11-23 0905`, as a file may be called everywhere. */
export const stamp = (at: Date) => `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}${two(at.getMinutes())}`;

/** `1:02:07`, or `02:07` within the first hour. */
export const clockOf = (seconds: number) => {
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
  return `${hours > 0 ? `${String(hours)}:` : ''}${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
};

type Running = { recorder: MediaRecorder; parts: Blob[]; suffix: string; began: Date };

const release = (recorder: MediaRecorder) => { recorder.stream.getTracks().forEach((track) => { track.stop(); }); };

/** Records the microphone until told to stop; gives the recording as a file, or throws it away. */
export function useRecorder(title: string, onRecorded: (file: File) => void) {
  const running = useRef<Running | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const end = () => {
    if (running.current) release(running.current.recorder);
    running.current = null;
    setSeconds(null);
  };
  const stop = () => { running.current?.recorder.stop(); };
  const discard = () => {
    const recorder = running.current?.recorder;
    if (recorder) recorder.onstop = end;
    recorder?.stop();
  };
  const start = async () => {
    const format = FORMATS.find((one) => MediaRecorder.isTypeSupported(one.type));
    if (!format || running.current) return;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream, { mimeType: format.type });
    const own: Running = { recorder, parts: [], suffix: format.suffix, began: new Date() };
    running.current = own;
    recorder.ondataavailable = (event) => { if (event.data.size > 0) own.parts.push(event.data); };
    recorder.onstop = () => {
      end();
      onRecorded(new File(own.parts, `${title} ${stamp(own.began)}.${own.suffix}`, { type: recorder.mimeType.split(';')[0] ?? '' }));
    };
    setSeconds(0);
    recorder.start(PART_MS);
  };
  const isOn = seconds !== null;
  useEffect(() => {
    if (!isOn) return undefined;
    const tick = setInterval(() => {
      const began = running.current?.began;
      if (!began) return;
      const passed = Math.round((Date.now() - began.getTime()) / 1000);
      setSeconds(passed);
      if (passed >= LONGEST_S) stop();
    }, 500);
    const hold = (event: BeforeUnloadEvent) => { event.preventDefault(); };
    addEventListener('beforeunload', hold);
    return () => {
      clearInterval(tick);
      removeEventListener('beforeunload', hold);
    };
  }, [isOn]);
  useEffect(
    () => () => {
      const left = running.current?.recorder;
      if (!left) return;
      left.onstop = () => { release(left); };
      left.stop();
    },
    [],
  );
  return { seconds, start, stop, discard };
}

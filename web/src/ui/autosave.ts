import { useEffect, useRef, useState } from 'react';

export type SaveState = 'saved' | 'waiting' | 'failed';

/** Sends a value some time after it last changed, one at a time; what failed is sent with the next change or by hand. */
export function useAutosave<T>(value: T, send: (value: T) => Promise<unknown>, wait_ms = 800): { state: SaveState; flush: () => Promise<void> } {
  const kept = useRef(value);
  const sending = useRef<Promise<void> | null>(null);
  const latest = useRef({ value, send });
  const [state, setState] = useState<SaveState>('saved');
  useEffect(() => {
    latest.current = { value, send };
  });

  const [flush] = useState(() => async (): Promise<void> => {
    await sending.current;
    const { value: now, send: deliver } = latest.current;
    if (now === kept.current) return;
    sending.current = deliver(now).then(
      () => {
        kept.current = now;
        setState(latest.current.value === now ? 'saved' : 'waiting');
      },
      () => {
        setState('failed');
      },
    );
    await sending.current;
    sending.current = null;
  });

  useEffect(() => {
    if (value === kept.current) return;
    setState('waiting');
    const timer = setTimeout(() => void flush(), wait_ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, wait_ms, flush]);
  useEffect(
    () => () => {
      void flush();
    },
    [flush],
  );
  return { state, flush };
}

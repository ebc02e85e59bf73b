import { useEffect, useState } from 'react';

/** A value that follows typing only after a short rest. */
export function useRested<T>(value: T, wait_ms = 200): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(value);
    }, wait_ms);
    return () => {
      clearTimeout(timer);
    };
  }, [value, wait_ms]);
  return rested;
}

/** Whether what was found is still for what stood typed before: the new text is awaited, or asked for. */
export function useIsBehind(text: string, isPlaceholder: boolean): boolean {
  const typed = text.trim();
  return useRested(typed) !== typed || isPlaceholder;
}

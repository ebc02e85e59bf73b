import { useCallback, useEffect, useRef, useState } from 'react';
import { loadPlatform, PlatformRefusal, type Fix, type Platform, type Reason } from '@/phone/platform/platform';

const fresh_ms = 120_000;
let last: Fix | null = null;

/** Where the phone was found a moment ago, if it was. */
export function recentFix(now = Date.now()): Fix | null {
  return last && now - Date.parse(last.at) < fresh_ms ? last : null;
}

let platform: Promise<Platform> | null = null;

/** The platform under this page, loaded once. */
export function thePlatform(): Promise<Platform> {
  platform ??= loadPlatform();
  return platform;
}

export type Locating = { state: 'idle' | 'locating' } | { state: 'found'; fix: Fix } | { state: 'failed'; reason: Reason | 'declined' };

type Options = { isWanted: boolean; ask: (purpose: string) => Promise<boolean>; onFound?: (fix: Fix) => void };

/** Finds out where the phone is, by itself where it is wanted and the person has agreed; again on demand. */
export function useWhereabouts({ isWanted, ask, onFound }: Options): { locating: Locating; locate: () => Promise<void> } {
  const [locating, setLocating] = useState<Locating>({ state: 'idle' });
  const told = useRef(onFound);
  useEffect(() => {
    told.current = onFound;
  });
  const locate = useCallback(async () => {
    setLocating({ state: 'locating' });
    if (!(await ask('location'))) {
      setLocating({ state: 'failed', reason: 'declined' });
      return;
    }
    try {
      const fix = await (await thePlatform()).locate();
      last = fix;
      setLocating({ state: 'found', fix });
      told.current?.(fix);
    } catch (error) {
      setLocating({ state: 'failed', reason: error instanceof PlatformRefusal ? error.reason : 'unavailable' });
    }
  }, [ask]);
  const begun = useRef(false);
  useEffect(() => {
    if (!isWanted || begun.current) return;
    begun.current = true;
    void locate();
  }, [isWanted, locate]);
  return { locating, locate };
}

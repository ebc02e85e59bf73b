import { useSyncExternalStore } from 'react';
import { useMe } from '@/features/identity/session';
import { outboxOf, type Outbox, type Snapshot } from './outbox';

/** The outbox of the person at the screen, as it is now. */
export function useOutbox(): Snapshot & { outbox: Outbox } {
  const outbox = outboxOf(useMe().id);
  const snapshot = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  return { ...snapshot, outbox };
}

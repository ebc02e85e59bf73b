import { useCallback, useState } from 'react';
import type { Item } from '@/phone/outbox/items';
import { useOutbox } from '@/phone/outbox/useOutbox';

/** Whether it is known yet: undefined while the phone looks, null when there is none. */
export function useStored(id: string): Item | null | undefined {
  const { items } = useOutbox();
  return items === null ? undefined : (items.find((one) => one.client_id === id) ?? null);
}

/** An item that is being written: what was typed shows at once, and every change is kept at once. */
export function useItem(stored: Item): { item: Item; write: (change: Partial<Item>) => void } {
  const { outbox } = useOutbox();
  const [typed, setTyped] = useState<Partial<Item>>({});
  const id = stored.client_id;
  const isWaiting = stored.state === 'waiting';
  const write = useCallback(
    (change: Partial<Item>) => {
      setTyped((before) => ({ ...before, ...change }));
      // What waits is not sent while somebody goes on writing it.
      void outbox.write(id, isWaiting ? { ...change, state: 'writing' } : change);
    },
    [outbox, id, isWaiting],
  );
  return { item: { ...stored, ...typed }, write };
}

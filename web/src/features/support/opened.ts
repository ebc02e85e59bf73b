import { useEffect } from 'react';
import { useAddress } from '@/features/records/address';
import { useCases, type Box } from './queries';

const holds = ({ data }: ReturnType<typeof useCases>) => data?.pages.some((page) => page.items.length > 0) ?? false;

/** The box that is open, as the address names it; where it names none: what waits for one's help, else what one asked for. Null while that is not known. */
export function useOpenedBox<B extends Box | 'figures'>(boxes: readonly B[]): B | null {
  const address = useAddress();
  const opened = boxes.find((one) => one === address.get('box')) ?? null;
  const mine = useCases({ box: 'mine', state: 'ongoing' }, opened === null);
  const asked = useCases({ box: 'asked', state: 'ongoing' }, opened === null);
  const isKnown = !mine.isPending && !asked.isPending;
  const best = !holds(mine) && holds(asked) ? 'asked' : 'mine';
  useEffect(() => {
    if (opened === null && isKnown) address.set({ box: best }, true);
  }, [opened, isKnown, best, address]);
  return opened;
}

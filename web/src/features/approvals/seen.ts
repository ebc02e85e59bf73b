import { useEffect } from 'react';
import { useSeeCase } from './cases';

/** Notes once that the reader, who is asked, has seen the case. */
export function useNoteSeen(id: number, ask_id: number | null | undefined): void {
  const { mutate } = useSeeCase();
  useEffect(() => {
    if (ask_id) mutate(id);
  }, [id, ask_id, mutate]);
}

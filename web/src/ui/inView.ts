import { useEffect, useRef } from 'react';

/** A row that scrolls sideways on a narrow screen: the chosen one in it comes into view; only the row may move for it. */
export function useChosenInView<T extends HTMLElement>(chosen: string, mark: string) {
  const row = useRef<T>(null);
  useEffect(() => {
    const shown = row.current?.querySelector<HTMLElement>(mark);
    if (row.current && shown) row.current.scrollLeft = shown.offsetLeft - row.current.offsetLeft - (row.current.clientWidth - shown.clientWidth) / 2;
  }, [chosen, mark]);
  return row;
}

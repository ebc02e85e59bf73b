import { useEffect, useRef } from 'react';
import css from './Tabs.module.css';

type Props = { label: string; tabs: { key: string; label: string }[]; value: string; onChange: (key: string) => void };

/** Choices that show one of several lists; the choice is the page's to keep. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the chosen one may lie outside; only the row of tabs may move for it.
    const chosen = row.current?.querySelector<HTMLElement>('[aria-current=page]');
    if (row.current && chosen) row.current.scrollLeft = chosen.offsetLeft - (row.current.clientWidth - chosen.clientWidth) / 2;
  }, [value]);
  return (
    <nav ref={row} className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          className={css.tab}
          aria-current={tab.key === value ? 'page' : undefined}
          onClick={() => {
            onChange(tab.key);
          }}
        >
          {tab.label}
        </button>
      ))}
    </nav>
  );
}

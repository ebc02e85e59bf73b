import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './MenuButton.module.css';

export type MenuItem = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  danger?: boolean;
  checked?: boolean;
  divider?: boolean;
  disabled?: boolean;
  run: () => void;
};
type Props = { label: string; children: ReactNode; items: MenuItem[]; className?: string; side?: 'left' | 'right'; named?: boolean };

/** A button that opens a short menu; arrows, Escape and Tab work as in any menu. */
export function MenuButton({ label, children, items, className, side = 'right', named }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
    };
  }, [open]);

  const onKey = (event: KeyboardEvent) => {
    if (!open) return;
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
    const index = entries.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      entries[(index + step + entries.length) % entries.length]?.focus();
    }
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      setOpen(false);
      root.current?.querySelector<HTMLElement>('button')?.focus();
    }
  };

  return (
    <div ref={root} className={css.root} onKeyDown={onKey}>
      <button
        type="button"
        className={className ?? css.button}
        aria-label={named ? undefined : label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(!open);
        }}
      >
        {children}
      </button>
      {open && (
        <div ref={list} role="menu" aria-label={label} className={css.menu} data-side={side}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={item.checked}
              disabled={item.disabled}
              className={css.item}
              data-danger={item.danger || undefined}
              data-divider={item.divider || undefined}
              onClick={(event) => {
                event.stopPropagation();
                setOpen(false);
                item.run();
              }}
            >
              <span className={css.icon} aria-hidden="true">
                {item.checked ? '✓' : item.icon}
              </span>
              <span className="grow">{item.label}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

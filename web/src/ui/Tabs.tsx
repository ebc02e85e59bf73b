import css from './Tabs.module.css';

type Props = { label: string; tabs: { key: string; label: string }[]; value: string; onChange: (key: string) => void };

/** Choices that show one of several lists; the choice is the page's to keep. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  return (
    <nav className={css.tabs} aria-label={label}>
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

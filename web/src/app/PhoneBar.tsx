import { MenuOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import css from './PhoneBar.module.css';
import type { MenuGroup } from './menu';

const first = ['today', 'deal', 'lead', 'customer'];

/** The tabs under the thumb; the rest of the menu comes up from below. */
export function PhoneBar({ groups }: { groups: MenuGroup[] }) {
  const { t } = useTranslation('app');
  const [open, setOpen] = useState(false);
  const entries = groups.flatMap((group) => group.entries);
  const tabs = first.map((key) => entries.find((entry) => entry.key === key)).filter((entry) => entry !== undefined);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      {open && (
        <div className={css.cover} onClick={close} role="presentation">
          <nav className={css.sheet} aria-label={t('mainMenu')}>
            {groups.map((group) => (
              <section key={group.key}>
                <h2>{group.label}</h2>
                <ul>
                  {group.entries.map((entry) => (
                    <li key={entry.key}>
                      <NavLink to={entry.to} end={entry.to === '/'} onClick={close}>
                        <span aria-hidden="true">{entry.icon}</span>
                        {entry.label}
                        {Boolean(entry.badge) && <strong className={css.badge}>{entry.badge}</strong>}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </nav>
        </div>
      )}
      <nav className={css.bar} aria-label={t('tabs')}>
        {tabs.map((entry) => (
          <NavLink key={entry.key} to={entry.to} end={entry.to === '/'} className={css.tab} onClick={close}>
            <span aria-hidden="true">{entry.icon}</span>
            {entry.label}
          </NavLink>
        ))}
        <button
          type="button"
          className={css.tab}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <span aria-hidden="true">
            <MenuOutlined />
          </span>
          {t('more', { ns: 'ui' })}
        </button>
      </nav>
    </>
  );
}

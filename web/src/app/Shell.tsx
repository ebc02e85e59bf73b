import { MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { Bell } from '@/features/notices/Bell';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { useIsPhone } from '@/ui/media';
import { PhoneBar } from './PhoneBar';
import css from './Shell.module.css';
import { UserMenu } from './UserMenu';
import { useMenu, type MenuGroup } from './menu';

const loadPalette = () => import('./Palette');
const Palette = lazy(loadPalette);
const foldedMark = 'closeloop.menu-folded';

function SideMenu({ groups, folded }: { groups: MenuGroup[]; folded: boolean }) {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  const all = groups.flatMap((group) => group.entries.map((entry) => entry.to));
  const isOutdone = (to: string) => all.some((other) => other.startsWith(`${to}/`) && pathname.startsWith(other));
  return (
    <nav className={css.menu} aria-label={t('mainMenu')}>
      {groups.map((group) => (
        <div key={group.key} className={css.group}>
          {!folded && group.key !== 'work' && <div className={css.heading}>{group.label}</div>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.key}>
                <NavLink to={entry.to} end={entry.to === '/' || isOutdone(entry.to)} className={css.link} title={entry.label}>
                  <span aria-hidden="true" className={css.icon}>
                    {entry.icon}
                  </span>
                  <span className={folded ? 'sr-only' : 'clip'}>{entry.label}</span>
                  {Boolean(entry.badge) && <span className={css.badge}>{entry.badge}</span>}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** The frame around every page: menu, search, person; on a phone a bar of tabs below. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app');
  const phone = useIsPhone();
  const groups = useMenu();
  const { pathname } = useLocation();
  const [folded, setFolded] = useState(() => localStorage.getItem(foldedMark) === '1');
  const [searching, setSearching] = useState(false);

  useEffect(() => {
    // Loaded ahead, so that what is typed right after Ctrl-K is not lost.
    void loadPalette();
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  const fold = () => {
    localStorage.setItem(foldedMark, folded ? '0' : '1');
    setFolded(!folded);
  };
  const search = () => {
    setSearching(true);
  };

  return (
    <div className={css.shell} data-folded={folded || undefined}>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      {!phone && (
        <aside className={css.side}>
          <NavLink to="/" className={css.brand} aria-label={folded ? t('home') : undefined}>
            <img src="/icon.svg" alt="" width={28} height={28} />
            {!folded && <span>{t('product')}</span>}
          </NavLink>
          <SideMenu groups={groups} folded={folded} />
          <button type="button" className={css.fold} onClick={fold} aria-label={t(folded ? 'unfold' : 'fold')}>
            {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          </button>
        </aside>
      )}
      <header className={css.top}>
        {phone && <img src="/icon.svg" alt={t('product')} width={26} height={26} />}
        <button type="button" className={css.search} onClick={search} aria-keyshortcuts="Control+K Meta+K">
          <SearchOutlined aria-hidden />
          <span className="grow clip">{t('searchHint')}</span>
          {!phone && <kbd>Ctrl K</kbd>}
        </button>
        {!phone && <span className="grow" />}
        <Bell />
        <UserMenu />
      </header>
      <main id="main" className={css.main} tabIndex={-1}>
        <ErrorBoundary key={pathname}>{children}</ErrorBoundary>
      </main>
      {phone && <PhoneBar groups={groups} />}
      {searching && (
        <Suspense fallback={null}>
          <Palette
            onClose={() => {
              setSearching(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

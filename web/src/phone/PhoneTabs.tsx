import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useCaseCount } from '@/features/approvals/cases';
import { useLive } from '@/features/notices/live';
import { useUnread } from '@/features/notices/notices';
import css from './phone.module.css';

const tabs = [
  { to: '/', key: 'today' },
  { to: '/approvals', key: 'approvals' },
  { to: '/list', key: 'records' },
  { to: '/notices', key: 'notices' },
  { to: '/me', key: 'me' },
] as const;

/** The tabs under the thumb, with what waits. */
export function PhoneTabs() {
  const { t } = useTranslation('phone');
  const unread = useUnread(useLive()).data ?? 0;
  const todo = useCaseCount().data?.todo ?? 0;
  const badges: Partial<Record<(typeof tabs)[number]['key'], number>> = { approvals: todo, notices: unread };
  return (
    <nav className={css.tabs} aria-label={t('tabs')}>
      {tabs.map((tab) => (
        <NavLink key={tab.key} to={tab.to} end={tab.to === '/'}>
          <span>
            {t(tab.key)}
            {Boolean(badges[tab.key]) && <strong className={css.badge}>{badges[tab.key]}</strong>}
          </span>
        </NavLink>
      ))}
    </nav>
  );
}

import { BellOutlined, BulbOutlined, CoffeeOutlined, GlobalOutlined, LockOutlined, LogoutOutlined, SafetyOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe, usePreferences, useSignOut } from '@/features/identity/session';
import { Avatar } from '@/ui/Avatar';
import { useIsPhone } from '@/ui/media';
import { MenuButton } from '@/ui/MenuButton';
import { useIsDark } from '@/ui/theme';
import css from './UserMenu.module.css';

const PasswordDialog = lazy(() => import('@/features/identity/PasswordDialog'));

/** Language, theme, password and leaving. */
export function UserMenu() {
  const { t, i18n } = useTranslation('app');
  const navigate = useNavigate();
  const me = useMe();
  const phone = useIsPhone();
  const dark = useIsDark();
  const { setLanguage, setTheme } = usePreferences();
  const signOut = useSignOut();
  const [password, setPassword] = useState(false);
  const other = i18n.language === 'zh-CN' ? 'en-US' : 'zh-CN';
  const language = { key: 'language', icon: <GlobalOutlined />, label: t('otherLanguage'), run: () => void setLanguage(other) };
  const theme = {
    key: 'theme',
    icon: <BulbOutlined />,
    label: t(dark ? 'lightMode' : 'darkMode'),
    run: () => {
      setTheme(dark ? 'light' : 'dark');
    },
  };
  return (
    <div className={css.bar}>
      {!phone && (
        <>
          <button type="button" className={css.tool} onClick={language.run}>
            {t('otherLanguage')}
          </button>
          <button type="button" className={css.tool} aria-label={theme.label} title={theme.label} onClick={theme.run}>
            <BulbOutlined />
          </button>
        </>
      )}
      <MenuButton
        label={t('personMenu', { name: me.name })}
        className={css.person}
        named={!phone}
        items={[
          ...(phone ? [language, theme] : []),
          { key: 'absence', icon: <CoffeeOutlined />, label: t('absence.title', { ns: 'org' }), run: () => void navigate('/me/absence') },
          { key: 'notices', icon: <BellOutlined />, label: t('settings.title', { ns: 'notices' }), run: () => void navigate('/me/notices') },
          { key: 'privacy', icon: <SafetyOutlined />, label: t('menu.myPrivacy'), run: () => void navigate('/me/privacy') },
          {
            key: 'password',
            icon: <LockOutlined />,
            label: t('changePassword', { ns: 'identity' }),
            run: () => {
              setPassword(true);
            },
          },
          {
            key: 'out',
            icon: <LogoutOutlined />,
            divider: true,
            label: t('signOut', { ns: 'identity' }),
            run: () => {
              signOut.mutate();
            },
          },
        ]}
      >
        <Avatar name={me.name} size={30} />
        {!phone && (
          <span className={css.name}>
            <span>{me.name}</span>
            <small>{me.position || me.unit?.name}</small>
          </span>
        )}
      </MenuButton>
      {(password || me.must_change_password) && (
        <Suspense fallback={null}>
          <PasswordDialog
            forced={me.must_change_password}
            onClose={() => {
              setPassword(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

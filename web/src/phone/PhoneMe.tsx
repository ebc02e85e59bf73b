import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe, usePreferences } from '@/features/identity/session';
import { Avatar } from '@/ui/Avatar';
import { useIsDark } from '@/ui/theme';
import css from './phone.module.css';
import { SignOut } from './SignOut';

/** Who is signed in, language, theme, the full product, and leaving. */
export default function PhoneMe() {
  const { t, i18n } = useTranslation('app');
  const me = useMe();
  const dark = useIsDark();
  const { setLanguage, setTheme } = usePreferences();
  const other = i18n.language === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <section className={css.panel}>
      <div className="row">
        <Avatar name={me.name} size={44} />
        <div>
          <h1 className={css.title}>{me.name}</h1>
          <span className="muted">{[me.position, me.unit?.name].filter(Boolean).join(' · ')}</span>
        </div>
      </div>
      <div className={css.menu}>
        <Link to="/agenda">{t('menu.agenda')}</Link>
        <Link to="/playbooks">{t('menu.playbooks')}</Link>
        <Link to="/privacy">{t('menu.myPrivacy')}</Link>
        <Link to="/conversations">{t('menu.conversations')}</Link>
        <Link to="/log">{t('menu.saleslog')}</Link>
        <Link to="/support">{t('menu.support')}</Link>
        <button type="button" onClick={() => void setLanguage(other)}>
          {t('otherLanguage')}
        </button>
        <button
          type="button"
          onClick={() => {
            setTheme(dark ? 'light' : 'dark');
          }}
        >
          {t(dark ? 'lightMode' : 'darkMode')}
        </button>
        <Link to="/outbox">{t('outbox.title', { ns: 'phone' })}</Link>
        <a href="/">{t('fullProduct', { ns: 'phone' })}</a>
        <SignOut />
      </div>
    </section>
  );
}

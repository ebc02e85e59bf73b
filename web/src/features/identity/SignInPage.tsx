import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { DemoAccount } from '@/api/types';
import { changeLanguage } from '@/ui/i18n';
import { useName } from '@/ui/names';
import { entrance, entryRefusal } from './elsewhere';
import css from './SignInPage.module.css';
import { useSession, useSignIn } from './session';

function Promise3() {
  const { t } = useTranslation('identity');
  return (
    <aside className={css.brand}>
      <svg viewBox="0 0 200 200" className={css.ring} aria-hidden="true">
        <circle cx="100" cy="100" r="78" className={css.track} />
        <path d="M167 61a78 78 0 1 0 11 39" className={css.arc} />
        <circle cx="172" cy="70" r="11" className={css.dot} />
      </svg>
      <h1>{t('product')}</h1>
      <p className={css.slogan}>{t('slogan')}</p>
      <ul>
        {(['evidence', 'locks', 'clocks'] as const).map((key) => (
          <li key={key}>
            <strong>{t(`promise.${key}.title`)}</strong>
            <span>{t(`promise.${key}.text`)}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function DemoHint({ accounts, pick }: { accounts: DemoAccount[]; pick: (account: DemoAccount) => void }) {
  const { t } = useTranslation('identity');
  return (
    <section className={css.demo} aria-label={t('demo.title')}>
      <h3>{t('demo.title')}</h3>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              onClick={() => {
                pick(account);
              }}
            >
              <strong>{account.name}</strong>
              <span>{account.position}</span>
              <code>{account.username}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Signing in; drawn without the component library, so that a first visit is light. */
export default function SignInPage() {
  const { t, i18n } = useTranslation('identity');
  const name = useName();
  const session = useSession();
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const problem = problemOf(signIn.error);
  const refusal = entryRefusal(location.search);
  const other = i18n.language === 'zh-CN' ? 'en-US' : 'zh-CN';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username: username.trim(), password });
  };
  return (
    <main className={css.page}>
      <Promise3 />
      <div className={css.side}>
        <button type="button" className={css.language} onClick={() => void changeLanguage(other)}>
          {t('otherLanguage')}
        </button>
        <form className={css.form} onSubmit={submit} aria-labelledby="sign-in-title">
          <h2 id="sign-in-title">{t('title')}</h2>
          <label>
            {t('username')}
            <input
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              autoFocus
              required
              value={username}
              onChange={(event) => {
                setUsername(event.target.value);
              }}
            />
          </label>
          <label>
            {t('password')}
            <input
              name="password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => {
                setPassword(event.target.value);
              }}
            />
          </label>
          {problem && (
            <p role="alert" className={css.alert}>
              {problem.status === 0 ? t('offline', { ns: 'ui' }) : problem.message}
            </p>
          )}
          {refusal && !problem && (
            <p role="alert" className={css.alert}>
              {t(`elsewhere.${refusal}`)}
            </p>
          )}
          <button type="submit" className={css.submit} disabled={signIn.isPending}>
            {signIn.isPending ? t('signingIn') : t('submit')}
          </button>
          {session.data && session.data.providers.length > 0 && (
            <nav className={css.providers} aria-label={t('otherWays')}>
              {session.data.providers.map((provider) => (
                <a key={provider.key} href={entrance(provider.url, location)}>
                  {t('signInWith', { name: name(provider.name) })}
                </a>
              ))}
            </nav>
          )}
          {session.data?.demo && session.data.demo_accounts.length > 0 && (
            <DemoHint
              accounts={session.data.demo_accounts}
              pick={(account) => {
                setUsername(account.username);
                setPassword(account.password);
                signIn.mutate({ username: account.username, password: account.password });
              }}
            />
          )}
        </form>
      </div>
    </main>
  );
}

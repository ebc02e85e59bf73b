import { ConfigProvider } from 'antd-mobile';
import enUS from 'antd-mobile/es/locales/en-US';
import zhCN from 'antd-mobile/es/locales/zh-CN';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, NavLink, Route, Routes } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/features/identity/session';
import { Faces, Loading } from '@/ui/faces';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import css from './phone.module.css';

const SignInPage = lazy(() => import('@/features/identity/SignInPage'));
const PhoneToday = lazy(() => import('./PhoneToday'));
const PhoneList = lazy(() => import('./PhoneList'));
const PhoneRecord = lazy(() => import('./PhoneRecord'));
const PhoneMe = lazy(() => import('./PhoneMe'));

const tabs = [
  { to: '/', key: 'today' },
  { to: '/list', key: 'records' },
  { to: '/me', key: 'me' },
] as const;

/** The light entry for phones: today, one's records, and a record with what it lacks. */
export function PhoneApp() {
  const { t, i18n } = useTranslation('phone');
  const session = useSession();
  return (
    <ErrorBoundary>
      <Faces query={session}>
        {(answer) =>
          !answer.authenticated ? (
            <Suspense fallback={null}>
              <SignInPage />
            </Suspense>
          ) : (
            <ConfigProvider locale={i18n.language === 'zh-CN' ? zhCN : enUS}>
              <BrowserRouter basename="/m">
                <div className={css.app}>
                  <main className={css.main}>
                    <Suspense fallback={<Loading rows={8} />}>
                      <Routes>
                        <Route path="/" element={<PhoneToday />} />
                        <Route path="/list" element={<PhoneList />} />
                        <Route path="/me" element={<PhoneMe />} />
                        <Route path="/r/:type/:id" element={<PhoneRecord />} />
                        <Route path="*" element={<Navigate to="/" replace />} />
                      </Routes>
                    </Suspense>
                  </main>
                  <nav className={css.tabs} aria-label={t('tabs')}>
                    {tabs.map((tab) => (
                      <NavLink key={tab.key} to={tab.to} end={tab.to === '/'}>
                        {t(tab.key)}
                      </NavLink>
                    ))}
                  </nav>
                </div>
              </BrowserRouter>
            </ConfigProvider>
          )
        }
      </Faces>
    </ErrorBoundary>
  );
}

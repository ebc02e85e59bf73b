import { lazy, Suspense, useEffect } from 'react';
import { signedInMark, useSession } from '@/features/identity/session';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { Faces } from '@/ui/faces';
import { changeLanguage, currentLanguage, languages } from '@/ui/i18n';

const loadDesk = () => import('./Desk');
const Desk = lazy(loadDesk);
const SignInPage = lazy(() => import('@/features/identity/SignInPage'));

if (localStorage.getItem(signedInMark)) void loadDesk();

/** The sign-in wall: outside it only the sign-in page is loaded. */
export function App() {
  const session = useSession();
  const locale = session.data?.user?.locale;
  useEffect(() => {
    const chosen = languages.find((language) => language === locale);
    if (chosen && chosen !== currentLanguage()) void changeLanguage(chosen);
  }, [locale]);
  return (
    <ErrorBoundary>
      <Faces query={session}>
        {(answer) => <Suspense fallback={null}>{answer.authenticated ? <Desk /> : <SignInPage />}</Suspense>}
      </Faces>
    </ErrorBoundary>
  );
}

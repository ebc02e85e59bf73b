import { lazy, Suspense, useEffect } from 'react';
import { useSession } from '@/features/identity/session';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { Faces } from '@/ui/faces';
import { changeLanguage, currentLanguage, languages } from '@/ui/i18n';

const Desk = lazy(() => import('./Desk'));
const SignInPage = lazy(() => import('@/features/identity/SignInPage'));

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

import { lazy, Suspense } from 'react';
import { useOwnLanguage, useSession } from '@/features/identity/session';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { Faces } from '@/ui/faces';

const Desk = lazy(() => import('./Desk'));
const SignInPage = lazy(() => import('@/features/identity/SignInPage'));

/** The sign-in wall: outside it only the sign-in page is loaded. */
export function App() {
  const session = useSession();
  useOwnLanguage();
  return (
    <ErrorBoundary>
      <Faces query={session}>
        {(answer) => <Suspense fallback={null}>{answer.authenticated ? <Desk /> : <SignInPage />}</Suspense>}
      </Faces>
    </ErrorBoundary>
  );
}

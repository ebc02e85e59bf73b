import type { ReactNode } from 'react';
import { useSession } from '@/features/identity/session';

/** Draws what is behind the sign-in wall once the session is known. */
export function SessionGate({ children }: { children: ReactNode }) {
  return useSession().data ? <>{children}</> : null;
}

import { useEffect } from 'react';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { Me, Session } from '@/api/types';
import { changeLanguage, currentLanguage, languages, type Language } from '@/ui/i18n';
import { applyTheme, type ThemeChoice } from '@/ui/theme';

/** Left in this browser so that the next visit loads the desk at once. */
export const signedInMark = 'closeloop.signed-in';

/** Who is signed in, as the server knows it. */
export function useSession() {
  return useQuery({
    queryKey: keys.session,
    queryFn: () => body(client.GET('/api/session')),
    staleTime: 300_000,
  });
}

/** The person at the screen; only below the sign-in wall. */
export function useMe(): Me {
  const user = useSession().data?.user;
  if (!user) throw new Error('useMe is for screens behind the sign-in.');
  return user;
}

/** Whether somebody may change what belongs to others: a manager, a director, operations. */
export function leadsOthers(me: Me): boolean {
  return Object.values(me.can).some((verbs) => !['none', 'self'].includes(verbs['edit'] ?? 'none'));
}

/** Whether this person holds an administrative permission. */
export function useAllowed(permission: string): boolean {
  const me = useMe();
  return me.is_admin || me.admin.includes(permission);
}

/** Drops everything but the session: its watchers must stay attached. */
function forgetOthers(cache: QueryClient): void {
  cache.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
}

/** Signs in; nothing of an earlier person stays in the cache. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: { username: string; password: string }) => body(client.POST('/api/session', { body: form })),
    onSuccess: (user) => {
      localStorage.setItem(signedInMark, '1');
      forgetOthers(cache);
      cache.setQueryData<Session>(keys.session, { authenticated: true, user, demo: false, demo_accounts: [], live_url: null, providers: [] });
      void cache.invalidateQueries({ queryKey: keys.session });
    },
  });
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.DELETE('/api/session')),
    onSuccess: () => {
      localStorage.removeItem(signedInMark);
      forgetOthers(cache);
      void cache.invalidateQueries({ queryKey: keys.session });
    },
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (form: { current: string; new: string }) => body(client.POST('/api/session/password', { body: form })),
    // What was refused until the password given was changed is asked for again.
    onSuccess: () => cache.invalidateQueries(),
  });
}

/** Changes language or theme here at once, and on the server for other devices. */
export function usePreferences() {
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: (change: { locale?: Language; theme?: ThemeChoice }) => body(client.PATCH('/api/me', { body: change })),
  });
  return {
    async setLanguage(language: Language) {
      await changeLanguage(language);
      const me = await save.mutateAsync({ locale: language }).catch(() => null);
      if (me) cache.setQueryData<Session>(keys.session, (before) => before && { ...before, user: me });
      await cache.invalidateQueries();
    },
    setTheme(theme: ThemeChoice) {
      applyTheme(theme);
      save.mutate({ theme });
    },
  };
}

/** The screens speak the language that the person chose, on whichever device: the server's words do so too. */
export function useOwnLanguage(): void {
  const locale = useSession().data?.user?.locale;
  useEffect(() => {
    const chosen = languages.find((language) => language === locale);
    if (chosen && chosen !== currentLanguage()) void changeLanguage(chosen);
  }, [locale]);
}

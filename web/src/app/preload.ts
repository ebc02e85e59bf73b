import type { QueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import { signedInMark } from '@/features/identity/session';

/** Fetches what the address will need while the session is still being asked for. */
export function preload(cache: QueryClient): void {
  if (!localStorage.getItem(signedInMark)) return;
  void import('./Desk');
  void cache.prefetchQuery({ queryKey: keys.meta, queryFn: () => body(client.GET('/api/meta')), retry: false });
  const [, area, type, id] = location.pathname.split('/');
  if (area === '') void import('@/features/desk/TodayPage');
  if (area !== 'r' || !type) return;
  if (id) {
    void import('@/features/desk/RecordPage');
    return;
  }
  void import('./ListRoute');
  if (location.search.includes('kind=board')) void import('@/features/desk/BoardView');
  else if (innerWidth >= 768) void import('@/features/desk/TableView');
}

import type { QueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import { signedInMark } from '@/features/identity/session';

const firstCards = { limit: 20 };

function preloadList(cache: QueryClient, type: string): void {
  void import('./ListRoute');
  const asked = new URLSearchParams(location.search);
  const isBoard = asked.get('kind') === 'board';
  if (isBoard) void import('@/features/desk/BoardView');
  else if (innerWidth >= 768) void import('@/features/desk/TableView');
  void cache.prefetchQuery({
    queryKey: keys.views(type),
    queryFn: () => body(client.GET('/api/views', { params: { query: { record_type: type } } })),
    retry: false,
  });
  if (!isBoard || asked.size > 1) return;
  void cache.prefetchQuery({
    queryKey: keys.board(type, firstCards),
    queryFn: () =>
      body(client.GET('/api/records/{record_type}/board', { params: { path: { record_type: type }, query: firstCards } })),
    retry: false,
  });
}

/** Fetches what the address will need before the first screen is drawn. */
export function preload(cache: QueryClient): void {
  void cache.prefetchQuery({ queryKey: keys.session, queryFn: () => body(client.GET('/api/session')), retry: false });
  if (!localStorage.getItem(signedInMark)) return;
  void import('./Desk');
  void cache.prefetchQuery({ queryKey: keys.meta, queryFn: () => body(client.GET('/api/meta')), retry: false });
  const [, area, type, id] = location.pathname.split('/');
  if (area === '') void import('@/features/desk/TodayPage');
  if (area !== 'r' || !type) return;
  if (id) void import('@/features/desk/RecordPage');
  else preloadList(cache, type);
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

type Query = { record_id?: number; kind?: string; addressed?: boolean };

/** Documents within sight, the latest first. */
export function useDocuments(query: Query) {
  return useInfiniteQuery({
    queryKey: [...keys.documents, query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/documents', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
  });
}

/** One document with its blocks; it never changes. */
export function useDocument(id: number) {
  return useQuery({
    queryKey: [...keys.documents, id],
    queryFn: () => body(client.GET('/api/documents/{document_id}', { params: { path: { document_id: id } } })),
    staleTime: Infinity,
  });
}

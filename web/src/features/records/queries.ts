import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { RecordDetail } from '@/api/types';

export type ListQuery = {
  view?: number;
  filter?: string;
  q?: string;
  sort?: string;
  mine?: boolean;
  deleted?: boolean;
  stage?: string;
  limit?: number;
};

const at = (type: string, id: number) => ({ path: { record_type: type, record_id: id } });

/** Everything that shows this record is asked for again. */
export function forget(cache: QueryClient, type: string, id?: number): void {
  if (id !== undefined) void cache.invalidateQueries({ queryKey: ['record', type, id] });
  void cache.invalidateQueries({ queryKey: keys.records(type) });
  for (const key of [keys.today, keys.clocks, keys.workbench]) void cache.invalidateQueries({ queryKey: key });
}

/** One page of a list, from a cursor on. */
export function recordPage(type: string, query: ListQuery, cursor: string) {
  return body(
    client.GET('/api/records/{record_type}', {
      params: { path: { record_type: type }, query: { ...query, cursor: cursor || undefined } },
    }),
  );
}

export function useRecordList(type: string, query: ListQuery, enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.list(type, query),
    enabled,
    initialPageParam: '',
    queryFn: ({ pageParam }) => recordPage(type, query, pageParam),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

export function useBoard(type: string, query: ListQuery) {
  return useQuery({
    queryKey: keys.board(type, query),
    queryFn: () =>
      body(client.GET('/api/records/{record_type}/board', { params: { path: { record_type: type }, query } })),
    placeholderData: (before) => before,
  });
}

export function useRecord(type: string, id: number, enabled = true) {
  return useQuery({
    queryKey: keys.record(type, id),
    enabled,
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}', { params: at(type, id) })),
  });
}

export function useRelated(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'related'),
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/related', { params: at(type, id) })),
  });
}

export function useCreateRecord(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      body(
        client.POST('/api/records/{record_type}', { params: { path: { record_type: type } }, body: { values } }),
      ),
    onSuccess: () => {
      forget(cache, type);
    },
  });
}

type Patch = { version: number; values: Record<string, unknown> };

/** Changes fields of the version that was read; a later version answers with a conflict. */
export function usePatchRecord(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ version, values }: Patch) =>
      body(
        client.PATCH('/api/records/{record_type}/{record_id}', {
          params: at(type, id),
          headers: { 'If-Match': `"${version}"` },
          body: { values },
        }),
      ),
    onSuccess: (record) => {
      cache.setQueryData<RecordDetail>(keys.record(type, id), (before) => (before ? { ...before, ...record } : undefined));
      forget(cache, type, id);
    },
  });
}

export function useDeleteRecord(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.DELETE('/api/records/{record_type}/{record_id}', { params: at(type, id) })),
    onSuccess: () => {
      forget(cache, type, id);
    },
  });
}

export function useRestoreRecord(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST('/api/records/{record_type}/{record_id}/restore', { params: at(type, id) })),
    onSuccess: () => {
      forget(cache, type, id);
    },
  });
}

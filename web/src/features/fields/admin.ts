import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { FieldChange, FieldRow, NewField } from '@/api/types';

const fields = (type: string) => ['fields', type];
const at = (type: string, key: string) => ({ params: { path: { record_type: type, key } } });

/** Every field of a type as its administrator sees it, those switched off too. */
export function useFields(type: string) {
  return useQuery({
    queryKey: fields(type),
    enabled: type !== '',
    queryFn: () => body(client.GET('/api/fields/{record_type}', { params: { path: { record_type: type } } })),
  });
}

function useKeep(type: string) {
  const cache = useQueryClient();
  return (row: FieldRow) => {
    cache.setQueryData<FieldRow[]>(fields(type), (before) =>
      before?.some((one) => one.key === row.key) ? before.map((one) => (one.key === row.key ? row : one)) : before && [...before, row],
    );
    void cache.invalidateQueries({ queryKey: keys.meta });
    void cache.invalidateQueries({ queryKey: keys.records(type) });
  };
}

/** Adds a user field, or changes the field of a key. */
export function useSaveField(type: string) {
  return useMutation({
    mutationFn: (wish: { made: NewField } | { key: string; changes: Partial<FieldChange> }) =>
      'made' in wish
        ? body(client.POST('/api/fields/{record_type}', { params: { path: { record_type: type } }, body: wish.made }))
        : body(client.PATCH('/api/fields/{record_type}/{key}', { ...at(type, wish.key), body: change<FieldChange>(wish.changes) })),
    onSuccess: useKeep(type),
  });
}

export type FieldAccess = 'edit' | 'read' | 'masked' | 'hidden';

/** Limits what a role may do with a field; `edit` lifts the limit. */
export function useLimitField(type: string, key: string) {
  return useMutation({
    mutationFn: (limit: { role_id: number; access: FieldAccess }) =>
      body(client.PUT('/api/fields/{record_type}/{key}/limit', { ...at(type, key), body: limit })),
    onSuccess: useKeep(type),
  });
}

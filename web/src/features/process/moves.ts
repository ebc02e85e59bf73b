import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { Exception, MissingItem, MoveApprovalBody, MoveBody, RecordDetail } from '@/api/types';
import { forget } from '@/features/records/queries';

const at = (type: string, id: number) => ({ path: { record_type: type, record_id: id } });

/** Moves a record to another stage; a lock answers 423 with every missing item. */
export function useMoveAny(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, ...move }: MoveBody & { id: number; version?: number }) =>
      body(
        client.POST('/api/records/{record_type}/{record_id}/move', {
          params: at(type, id),
          headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
          body: move,
        }),
      ),
    onSettled: (_moved, _error, { id }) => {
      forget(cache, type, id);
    },
  });
}

export function useChecklist(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'checklist'),
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/checklist', { params: at(type, id) })),
  });
}

export function useTick(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ item, ticked }: { item: string; ticked: boolean }) =>
      body(
        client.PUT('/api/records/{record_type}/{record_id}/checklist/{item}', {
          params: { path: { record_type: type, record_id: id, item } },
          body: { ticked },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.record(type, id) }),
  });
}

/** Starts or ends a wait that pauses the stage's clock. */
export function useWaiting(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | null) =>
      body(client.POST('/api/records/{record_type}/{record_id}/waiting', { params: at(type, id), body: { reason } })),
    onSuccess: () => {
      forget(cache, type, id);
    },
  });
}

export function useAskException(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ask: { to_stage: string; reason: string }) =>
      body(client.POST('/api/records/{record_type}/{record_id}/exceptions', { params: at(type, id), body: ask })),
    onSuccess: () => {
      forget(cache, type, id);
      void cache.invalidateQueries({ queryKey: keys.exceptions });
    },
  });
}

export function useExceptions(box: 'to_decide' | 'mine' | 'all') {
  return useQuery({
    queryKey: [...keys.exceptions, box],
    queryFn: () => body(client.GET('/api/exceptions', { params: { query: { box } } })),
  });
}

export function useDecide() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, granted, note }: { id: number; granted: boolean; note: string }) =>
      body(
        client.POST('/api/exceptions/{exception_id}/decision', {
          params: { path: { exception_id: id } },
          body: { granted, note },
        }),
      ),
    onSuccess: (exception) => {
      void cache.invalidateQueries({ queryKey: keys.exceptions });
      const { type, id } = subjectOf(exception);
      forget(cache, type, id);
    },
  });
}

/** The record that an exception is about. */
export function subjectOf(exception: Exception): { id: number; type: string; title: string } {
  const { id, type, title } = exception.record;
  return { id: Number(id), type: String(type), title: String(title ?? '') };
}

/** Asks for the approval that a move waits for; granted, the move follows by itself. */
export function useAskApproval(type: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...ask }: MoveApprovalBody & { id: number }) =>
      body(client.POST('/api/records/{record_type}/{record_id}/move-approval', { params: at(type, id), body: ask })),
    onSettled: (_asked, _error, { id }) => {
      forget(cache, type, id);
      void cache.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
}

/** The approval that is all a move still waits for; null where anything else is missing. */
export function awaitedApproval(missing: MissingItem[]): MissingItem | null {
  const [first] = missing;
  return first && missing.every((item) => item.kind === 'approval') ? (missing.find((item) => !item.link) ?? first) : null;
}

/** The move that a person would usually take next. */
export function nextMove(record: RecordDetail) {
  return record.moves.find((move) => move.kind === 'forward');
}

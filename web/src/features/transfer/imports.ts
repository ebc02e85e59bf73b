import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import type { Import, ImportChange } from '@/api/types';
import { upload } from '@/api/upload';

const all = ['imports'];
const one = (id: number) => ['imports', id];
const at = (id: number) => ({ params: { path: { import_id: id } } });

/** Whether an import goes on by itself and should be watched. */
export function isMoving(state: string): boolean {
  return state === 'queued' || state === 'running' || state === 'reverting';
}

export function useImports() {
  return useQuery({
    queryKey: [...all, 'list'],
    queryFn: () => body(client.GET('/api/imports', { params: { query: {} } })),
    refetchInterval: (query) => (query.state.data?.some((job) => isMoving(job.state)) ? 2000 : false),
  });
}

/** One import; while it runs it is asked for every second. */
export function useImport(id: number) {
  return useQuery({
    queryKey: one(id),
    queryFn: () => body(client.GET('/api/imports/{import_id}', at(id))),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data.state) ? 1000 : false),
  });
}

export function useSendTable() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ file, type, onProgress }: { file: File; type: string; onProgress?: (share: number) => void }) => {
      const form = new FormData();
      form.append('record_type', type);
      form.append('file', file);
      return upload<Import>('/api/imports', form, onProgress);
    },
    onSuccess: (job) => {
      cache.setQueryData(one(job.id), job);
      void cache.invalidateQueries({ queryKey: [...all, 'list'] });
    },
  });
}

/** Changes how a draft is read or what its columns become; the screen shows it at once. */
export function useChangeImport(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (members: Partial<ImportChange>) =>
      body(client.PATCH('/api/imports/{import_id}', { ...at(id), body: change<ImportChange>(members) })),
    onMutate: ({ mapping, policy, match_on, opening }) => {
      cache.setQueryData<Import>(one(id), (before) => {
        if (!before) return before;
        return {
          ...before,
          mapping: mapping ?? before.mapping,
          policy: policy ?? before.policy,
          match_on: match_on ?? before.match_on,
          opening: opening ?? before.opening,
        };
      });
    },
    onSettled: (job) => {
      if (job) cache.setQueryData(one(id), job);
      else void cache.invalidateQueries({ queryKey: one(id), exact: true });
      void cache.invalidateQueries({ queryKey: [...one(id), 'preview'] });
    },
  });
}

export function useImportPreview(id: number, wanted: boolean) {
  return useQuery({
    queryKey: [...one(id), 'preview'],
    enabled: wanted,
    queryFn: () => body(client.GET('/api/imports/{import_id}/preview', at(id))),
    placeholderData: (before) => before,
  });
}

export type ImportStep = 'start' | 'resume' | 'cancel' | 'revert';

export function useImportStep(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (step: ImportStep) => {
      switch (step) {
        case 'start':
          return body(client.POST('/api/imports/{import_id}/start', at(id)));
        case 'resume':
          return body(client.POST('/api/imports/{import_id}/resume', at(id)));
        case 'cancel':
          return body(client.POST('/api/imports/{import_id}/cancel', at(id)));
        case 'revert':
          return body(client.POST('/api/imports/{import_id}/revert', at(id)));
      }
    },
    onSuccess: (job) => {
      cache.setQueryData(one(id), job);
      void cache.invalidateQueries({ queryKey: [...all, 'list'] });
      void cache.invalidateQueries({ queryKey: ['records'] });
    },
  });
}

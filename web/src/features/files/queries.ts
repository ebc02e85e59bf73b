import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { FileItem } from '@/api/types';
import { upload } from '@/api/upload';
import { shrinkPhoto } from './shrink';

export function useFiles(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'files'),
    queryFn: () =>
      body(
        client.GET('/api/records/{record_type}/{record_id}/files', {
          params: { path: { record_type: type, record_id: id } },
        }),
      ),
  });
}

type Sending = { file: File; kind: string; onProgress?: (share: number) => void };

/** Uploads one file of a kind; the record's missing items are asked for again. */
export function useUpload(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, kind, onProgress }: Sending) => {
      const form = new FormData();
      form.append('kind', kind);
      form.append('file', await shrinkPhoto(file));
      return upload<FileItem>(`/api/records/${type}/${id}/files`, form, onProgress);
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['record', type, id] });
    },
  });
}

export function useDeleteFile(type: string, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: number) => body(client.DELETE('/api/files/{file_id}', { params: { path: { file_id: file } } })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['record', type, id] });
    },
  });
}

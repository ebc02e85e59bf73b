import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { keys } from '@/api/queries';

const all = ['nurture', 'enrolments'];

export type EnrolmentFilter = {
  path?: string;
  version?: number;
  state?: 'running' | 'done' | 'left';
  reason?: string;
  step?: string;
  grade?: string;
};

/** The leads behind a figure of a path. */
export function useEnrolments(filter: EnrolmentFilter) {
  return useInfiniteQuery({
    queryKey: [...all, filter],
    queryFn: ({ pageParam }) => body(client.GET('/api/nurture/enrolments', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}

/** How a record is nurtured: where it is reached, its paths with every step, and which it may start. */
export function useRecordNurture(type: string, id: number) {
  return useQuery({
    queryKey: keys.part(type, id, 'nurture'),
    queryFn: () => body(client.GET('/api/records/{record_type}/{record_id}/nurture', { params: { path: { record_type: type, record_id: id } } })),
  });
}

function useForget() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: ['nurture'] });
    void cache.invalidateQueries({ queryKey: ['record'] });
  };
}

/** Starts a path for records by hand; each is refused or started by itself. */
export function useEnrol() {
  return useMutation({
    mutationFn: ({ path, ids, why }: { path: string; ids: number[]; why: string }) => body(client.POST('/api/nurture/paths/{key}/enrol', { params: { path: { key: path } }, body: { ids, why } })),
    onSuccess: useForget(),
  });
}

/** Takes a record out of its path. */
export function useLeave() {
  return useMutation({
    mutationFn: ({ id, note }: { id: number; note: string }) => body(client.POST('/api/nurture/enrolments/{enrolment_id}/leave', { params: { path: { enrolment_id: id } }, body: { note } })),
    onSuccess: useForget(),
  });
}

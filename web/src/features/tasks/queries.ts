import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, change, client } from '@/api/client';
import { keys } from '@/api/queries';
import type { NewTask, TaskBox } from '@/api/types';

type Query = { box?: TaskBox; state?: 'open' | 'done' | 'cancelled'; record_id?: number };

/** Tasks of a box or about a record: open ones soonest due first, closed ones latest first. */
export function useTasks(query: Query) {
  return useInfiniteQuery({
    queryKey: [...keys.tasks, query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(client.GET('/api/tasks', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
}

export function useTask(id: number) {
  return useQuery({
    queryKey: [...keys.tasks, id],
    queryFn: () => body(client.GET('/api/tasks/{task_id}', { params: { path: { task_id: id } } })),
  });
}

/** Everything that shows tasks, and the clocks that watch them, is asked for again. */
function useForgetTasks() {
  const cache = useQueryClient();
  return (record?: { type: string; id: number } | null) => {
    for (const key of [keys.tasks, keys.today, keys.workbench, keys.clocks]) void cache.invalidateQueries({ queryKey: key });
    if (record) void cache.invalidateQueries({ queryKey: keys.record(record.type, record.id) });
  };
}

export function useCreateTask() {
  const forget = useForgetTasks();
  return useMutation({
    mutationFn: (task: Partial<NewTask> & { title: string }) => body(client.POST('/api/tasks', { body: change<NewTask>(task) })),
    onSuccess: (task) => {
      forget(task.record);
    },
  });
}

/** Marks a task as done, or takes it back. */
export function useCloseTask() {
  const forget = useForgetTasks();
  return useMutation({
    mutationFn: ({ id, how, note = '', answer = '' }: { id: number; how: 'done' | 'cancel'; note?: string; answer?: string }) => {
      const at = { params: { path: { task_id: id } } };
      return body(
        how === 'done' ? client.POST('/api/tasks/{task_id}/done', { ...at, body: { note, answer } }) : client.POST('/api/tasks/{task_id}/cancel', { ...at, body: { note } }),
      );
    },
    onSettled: (task) => {
      forget(task?.record);
    },
  });
}

import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Failure, Loading } from '@/ui/faces';
import { TaskLine } from './TaskLine';
import { useTasks } from './queries';
import css from './tasks.module.css';

type Props = { query: Parameters<typeof useTasks>[0]; owned?: boolean; empty: ReactNode };

/** Tasks with all their faces, and more of them on demand. */
export function TaskList({ query, owned, empty }: Props) {
  const { t } = useTranslation('tasks');
  const tasks = useTasks(query);
  if (!tasks.data) return tasks.error ? <Failure error={tasks.error} retry={() => void tasks.refetch()} /> : <Loading rows={5} />;
  const rows = tasks.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty;
  return (
    <>
      <ul aria-label={t('title')}>
        {rows.map((task) => (
          <TaskLine key={task.id} task={task} owned={owned} />
        ))}
      </ul>
      {tasks.hasNextPage && (
        <div className={css.more}>
          <button type="button" className={css.button} disabled={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
            {t('loadMore', { ns: 'ui' })}
          </button>
        </div>
      )}
    </>
  );
}

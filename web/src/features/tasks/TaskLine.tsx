import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Task } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './tasks.module.css';
import { useCloseTask } from './queries';

/** The round button that finishes a task with one click. */
export function DoneButton({ id, title, done }: { id: number; title: string; done?: boolean }) {
  const { t } = useTranslation('tasks');
  const say = useToast();
  const close = useCloseTask();
  return (
    <button
      type="button"
      className={css.tick}
      aria-label={t('finish', { title })}
      title={t('finish', { title })}
      disabled={done || close.isPending}
      onClick={() => {
        close.mutate(
          { id, how: 'done' },
          {
            onSuccess: () => {
              say('ok', t('finished', { title }));
            },
            onError: (error) => {
              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
            },
          },
        );
      }}
    >
      <span aria-hidden="true">✓</span>
    </button>
  );
}

/** One task: what, about which record, whose, by when, and its one click. */
export function TaskLine({ task, owned }: { task: Task; owned?: boolean }) {
  const { t } = useTranslation('tasks');
  const name = useName();
  const title = name(task.title);
  const isOpen = task.state === 'open';
  return (
    <li className={css.line} data-red={(isOpen && task.is_red) || undefined} data-closed={!isOpen || undefined}>
      {task.can.finish && isOpen && task.answers.length === 0 ? <DoneButton id={task.id} title={title} /> : <span className={css.dot} aria-hidden="true" />}
      <div className="grow">
        <div className={css.title}>
          <Link to={`/tasks/${task.id}`}>{title}</Link>
          {task.is_red && isOpen && <span className={css.red}>{t('red')}</span>}
        </div>
        <div className={css.facts}>
          {task.record && <Link to={recordPath(task.record.type, task.record.id)}>{task.record.title}</Link>}
          {!owned && <span>{task.owner.name}</span>}
          {task.asker && task.asker.id !== task.owner.id && <span>{t('askedBy', { name: task.asker.name })}</span>}
          {!isOpen && <span>{t(`state.${task.state}`)}</span>}
        </div>
      </div>
      {isOpen && task.due_at && (
        <span className={css.due} data-late={task.is_late || undefined}>
          {task.is_late ? t('late', { at: dateTime(task.due_at) }) : t('dueAt', { at: dateTime(task.due_at) })}
        </span>
      )}
      {!isOpen && <span className={css.due}>{dateTime(task.done_at)}</span>}
    </li>
  );
}

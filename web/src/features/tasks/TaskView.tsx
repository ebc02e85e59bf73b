import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Task } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './tasks.module.css';
import { useCloseTask, useTask } from './queries';

function Closing({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const say = useToast();
  const name = useName();
  const close = useCloseTask();
  const [note, setNote] = useState('');
  if (task.state !== 'open' || (!task.can.finish && !task.can.cancel)) return null;
  const run = (how: 'done' | 'cancel', answer = '') => {
    close.mutate(
      { id: task.id, how, note, answer },
      {
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <>
      <textarea className={css.write} aria-label={t('result')} placeholder={t('result')} value={note} onChange={(event) => { setNote(event.target.value); }} />
      <div className={css.actions}>
        {task.can.finish &&
          task.answers.map((answer) => (
            <button key={answer.key} type="button" className={css.button} disabled={close.isPending} onClick={() => { run('done', answer.key); }}>
              {name(answer.name)}
            </button>
          ))}
        {task.can.finish && task.answers.length === 0 && (
          <button type="button" className={css.button} data-primary disabled={close.isPending} onClick={() => { run('done'); }}>
            {t('done')}
          </button>
        )}
        {task.can.cancel && (
          <button type="button" className={css.button} disabled={close.isPending} onClick={() => { run('cancel'); }}>
            {t('takeBack')}
          </button>
        )}
      </div>
    </>
  );
}

/** One task whole: what is asked, about what, by when, and its end. */
export function TaskView({ id }: { id: number }) {
  const { t } = useTranslation('tasks');
  const name = useName();
  const task = useTask(id);
  return (
    <Faces query={task}>
      {(data) => (
        <>
          <h1 className={css.title}>{name(data.title)}</h1>
          {data.note && <p className={css.note}>{data.note}</p>}
          <dl className={css.details}>
            <dt>{t('status', { ns: 'ui' })}</dt>
            <dd>{t(`state.${data.state}`)}</dd>
            <dt>{t('owner')}</dt>
            <dd>{data.owner.name}</dd>
            {data.asker && (
              <>
                <dt>{t('asker')}</dt>
                <dd>{data.asker.name}</dd>
              </>
            )}
            {data.record && (
              <>
                <dt>{t('about')}</dt>
                <dd>
                  <Link to={recordPath(data.record.type, data.record.id)}>{data.record.title}</Link>
                </dd>
              </>
            )}
            <dt>{t('due')}</dt>
            <dd className={css.due} data-late={data.is_late || undefined}>
              {dateTime(data.due_at)}
            </dd>
            {typeof data.origin['link'] === 'string' && (
              <>
                <dt>{t('basis')}</dt>
                <dd>
                  <Link to={data.origin['link']}>{t('openBasis')}</Link>
                </dd>
              </>
            )}
            {data.answer && (
              <>
                <dt>{t('answer')}</dt>
                <dd>{name(data.answers.find((each) => each.key === data.answer)?.name)}</dd>
              </>
            )}
            {data.result && (
              <>
                <dt>{t('result')}</dt>
                <dd className={css.note}>{data.result}</dd>
              </>
            )}
          </dl>
          <Closing task={data} />
        </>
      )}
    </Faces>
  );
}

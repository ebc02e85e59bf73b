import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Import } from '@/api/types';
import { listPath } from '@/features/records/address';
import { useConfirm } from '@/ui/confirm';
import { dateTime, number } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './Imports.module.css';
import { isMoving, useImportStep, type ImportStep } from './imports';

const shown = ['created', 'updated', 'unchanged', 'opened', 'refused', 'made_beside', 'removed', 'restored', 'kept'] as const;
const stepsOf: Record<string, ImportStep[]> = {
  queued: ['cancel'],
  running: ['cancel'],
  failed: ['resume', 'revert'],
  cancelled: ['resume', 'revert'],
  done: ['revert'],
};

/** How far an import is, what became of its rows, and what can be done with it now. */
export function ImportProgress({ job }: { job: Import }) {
  const { t } = useTranslation('transfer');
  const say = useToast();
  const confirm = useConfirm();
  const step = useImportStep(job.id);
  const run = (key: ImportStep) => {
    step.mutate(key, {
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  const ask = (key: ImportStep) => {
    if (key !== 'revert') run(key);
    else confirm({ title: t('revertTitle'), text: t('revertHint'), ok: t('doing.revert'), danger: true, run: () => step.mutateAsync('revert') });
  };
  const bar = job.state === 'failed' ? 'exception' : isMoving(job.state) ? 'active' : job.state === 'done' ? 'success' : 'normal';
  return (
    <section className={css.panel} aria-live="polite">
      <div className={css.line}>
        <span className={css.state} data-state={job.state}>
          {t(`states.${job.state}`)}
        </span>
        <span className="muted">
          {dateTime(job.started_at)} → {dateTime(job.finished_at)}
        </span>
      </div>
      <Progress percent={Math.round(job.progress * 1000) / 10} status={bar} aria-label={t('progress')} />
      {job.failure && <p className={css.bad}>{job.failure}</p>}
      <dl className={css.counts}>
        <div>
          <dt>{t('rows')}</dt>
          <dd className="num">{number(job.rows_total)}</dd>
        </div>
        {shown
          .filter((key) => job.counts[key] > 0 || key === 'created' || key === 'refused')
          .map((key) => (
            <div key={key} data-tone={key === 'refused' && job.counts.refused > 0 ? 'bad' : undefined}>
              <dt>{t(`counts.${key}`)}</dt>
              <dd className="num">{number(job.counts[key])}</dd>
            </div>
          ))}
      </dl>
      <div className={css.line}>
        {job.counts.refused > 0 && (
          <a href={`/api/imports/${job.id}/errors`} download className={css.download}>
            {t('errorFile', { count: job.counts.refused })}
          </a>
        )}
        {job.record_type !== 'org' && <Link to={listPath(job.record_type)}>{t('seeRecords')}</Link>}
        <span className="grow" />
        {(stepsOf[job.state] ?? []).map((key) => (
          <Button
            key={key}
            danger={key === 'revert'}
            type={key === 'resume' ? 'primary' : 'default'}
            loading={step.isPending}
            onClick={() => {
              ask(key);
            }}
          >
            {t(`doing.${key}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureOfRecord } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { MessageSheet } from '@/features/nurture/message/MessageSheet';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';

const StopDialog = lazy(() => import('./StopDialog'));
type Enrolment = NurtureOfRecord['enrolments'][number];
const tones: Record<string, string> = { sent: 'ok', done: 'ok', skipped: 'warn', unknown: 'warn', failed: 'bad', dead: 'bad' };

function Steps({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('nurture');
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <ol className={css.steps} aria-label={t('lead.steps')}>
      {enrolment.steps.map((step, index) => (
        <li key={`${step.step}-${index}`} data-tone={tones[step.outcome ?? '']}>
          <time className="num muted" dateTime={step.at}>
            {dateTime(step.at)}
          </time>
          {step.message_id === null ? (
            <span>{step.text}</span>
          ) : (
            <button type="button" className={css.link} onClick={() => { setOpened(step.message_id); }}>
              {step.text}
            </button>
          )}
          {step.reason_text && <small className={css.warn}>{step.reason_text}</small>}
        </li>
      ))}
      {enrolment.state === 'running' && (
        <li data-tone="now">
          <time className="num">{enrolment.next_at ? dateTime(enrolment.next_at) : t('lead.soon')}</time>
          <strong>{enrolment.position?.text}</strong>
        </li>
      )}
      {opened !== null && <MessageSheet key={opened} id={opened} onClose={() => { setOpened(null); }} />}
    </ol>
  );
}

/** One way along a path: where it stands, what was sent and read; those still on it can be stopped. */
export function EnrolmentCard({ enrolment, mayStop }: { enrolment: Enrolment; mayStop: boolean }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const [stopping, setStopping] = useState(false);
  const isRunning = enrolment.state === 'running';
  return (
    <article className={css.card} aria-label={name(enrolment.path.name)}>
      <div className={css.ruleHead}>
        <h3 className="grow">
          <Link to={`/nurture/paths/${enrolment.path.key}`}>{name(enrolment.path.name)}</Link>
        </h3>
        <span className={css.pill} data-tone={isRunning ? 'ok' : undefined}>
          {t(`state.${enrolment.state}`)}
        </span>
        {isRunning && mayStop && (
          <Button size="small" onClick={() => { setStopping(true); }}>
            {t('lead.stop')}
          </Button>
        )}
      </div>
      <p className="muted">
        {t('lead.since', { version: enrolment.version, at: dateTime(enrolment.started_at) })}
        {enrolment.how !== 'verb' && enrolment.started_by && ` · ${enrolment.started_by}`}
        {enrolment.why && ` · ${t('lead.because', { why: enrolment.why })}`}
        {enrolment.reason && ` · ${[enrolment.reason.name, enrolment.note].filter(Boolean).join('：')}`}
        {enrolment.ended_at && ` · ${dateTime(enrolment.ended_at)}`}
      </p>
      <p>{t('lead.figures', { sent: enrolment.sent, opened: enrolment.opened, clicked: enrolment.clicked })}</p>
      {isRunning ? (
        <Steps enrolment={enrolment} />
      ) : (
        <details>
          <summary>{t('lead.steps')}</summary>
          <Steps enrolment={enrolment} />
        </details>
      )}
      <Suspense fallback={null}>{stopping && <StopDialog enrolment={enrolment} onClose={() => { setStopping(false); }} />}</Suspense>
    </article>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Clock } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { durationText } from '@/ui/duration';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { ClockBadge } from './ClockBadge';
import css from './ClockDetails.module.css';
import { briefOf } from './countdown';

function Steps({ clock }: { clock: Clock }) {
  const { t } = useTranslation('sla');
  return (
    <ol className={css.steps} aria-label={t('steps')}>
      {clock.steps.map((step) => (
        <li key={`${step.key}:${step.at ?? ''}`} data-state={step.state}>
          <span className={css.at}>{dateTime(step.fired_at ?? step.at)}</span>
          <span>
            {step.sentence} <em>{t(`step.${step.state}`)}</em>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Why a clock runs, by when, what happens meanwhile, and what resets it. */
export function ClockDetails({ clock, withRecord }: { clock: Clock; withRecord?: boolean }) {
  const { t } = useTranslation('sla');
  const name = useName();
  const { paused } = clock;
  return (
    <article className={css.clock} data-red={clock.is_red || undefined}>
      <header className={css.head}>
        <h3>{name(clock.policy.name)}</h3>
        <ClockBadge clock={briefOf(clock)} />
      </header>
      {withRecord && clock.record && <Link to={recordPath(clock.record.type, clock.record.id)}>{clock.record.title}</Link>}
      <p className={css.why}>{clock.why}</p>
      {paused && (
        <p className={css.paused} role="note">
          {t('pausedBecause', { reason: name(paused.name) || paused.reason, since: dateTime(paused.since) })}
          {paused.by && ` · ${t('by', { name: paused.by.name })}`}
        </p>
      )}
      <dl className={css.facts}>
        <dt>{t('owner')}</dt>
        <dd>{clock.owner?.name ?? '–'}</dd>
        <dt>{t('startedAt')}</dt>
        <dd>{dateTime(clock.started_at)}</dd>
        <dt>{t('due')}</dt>
        <dd>{clock.due_at ? dateTime(clock.due_at) : t('notDue')}</dd>
        <dt>{t('target')}</dt>
        <dd>
          {durationText(clock.target_s, t)} · {t(`time.${clock.time}`)}
        </dd>
        {clock.resets_by && (
          <>
            <dt>{t('resetsBy')}</dt>
            <dd>{clock.resets_by}</dd>
          </>
        )}
      </dl>
      {clock.steps.length > 0 && <Steps clock={clock} />}
      <footer className={css.foot}>
        {t('rule', { name: name(clock.policy.name), version: clock.policy.version })}
      </footer>
    </article>
  );
}

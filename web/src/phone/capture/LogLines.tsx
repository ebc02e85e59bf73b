import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { holds, type NotedLog } from '@/features/saleslog/noted';
import phone from '@/phone/phone.module.css';
import type { Outbox } from '@/phone/outbox/outbox';
import css from './capture.module.css';

function Line({ log, outbox }: { log: NotedLog; outbox: Outbox }) {
  const { t } = useTranslation('followups');
  const [isAsking, setAsking] = useState(false);
  const reasons = [log.problem, ...log.events.map((event) => event.problem)].flatMap((one) => (one ? [one.message] : []));
  return (
    <li className={css.item}>
      <strong>{t('outbox.log', { day: log.day })}</strong>
      <span className="muted">
        {t(`outbox.${log.state === 'writing' ? 'drafts' : log.state}`)} · {t('outbox.events', { count: log.events.length })}
      </span>
      {log.state === 'stuck' && (
        <section className={css.problem} role="alert">
          <strong>{t('stuck.title')}</strong>
          {reasons.map((reason) => (
            <span key={reason}>{reason}</span>
          ))}
          <span>{t('stuck.mend')}</span>
        </section>
      )}
      {isAsking ? (
        <div role="alertdialog" aria-label={t('outbox.discard')}>
          <p>{t('outbox.discardHint')}</p>
          <div className={css.row}>
            <button type="button" onClick={() => void outbox.discardLog(log)}>
              {t('outbox.discardYes')}
            </button>
            <button type="button" onClick={() => { setAsking(false); }}>
              {t('cancel', { ns: 'ui' })}
            </button>
          </div>
        </div>
      ) : (
        <div className={css.row}>
          <Link to={`/log?day=${log.day}`}>{t('open')}</Link>
          {log.state === 'stuck' && (
            <button type="button" onClick={() => void outbox.confirm(log.day, log.closes)}>
              {t('outbox.again')}
            </button>
          )}
          <button type="button" onClick={() => { setAsking(true); }}>
            {t('outbox.discard')}
          </button>
        </div>
      )}
    </li>
  );
}

/** Days of the sales log that lie on this phone. */
export function LogLines({ logs, outbox }: { logs: readonly NotedLog[]; outbox: Outbox }) {
  const { t } = useTranslation('followups');
  const shown = logs.filter(holds);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="outbox-logs">
      <h2 id="outbox-logs" className={css.group}>
        {t('outbox.logs')} ({shown.length})
      </h2>
      <ul className={phone.cards}>
        {shown.map((log) => (
          <Line key={log.day} log={log} outbox={outbox} />
        ))}
      </ul>
    </section>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurtureOfRecord } from '@/api/types';
import { useRecordNurture } from '@/features/nurture/enrolments';
import { useStopping } from '@/features/nurture/stopping';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './phone.module.css';

type Enrolment = NurtureOfRecord['enrolments'][number];

/** Taking a lead off its path, with the reason that the path asks for. */
function Stop({ enrolment, onClose }: { enrolment: Enrolment; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const { note, setNote, send, isSending } = useStopping(enrolment, onClose);
  return (
    <div className={css.supply}>
      <label>
        {t('lead.why')}
        <textarea rows={2} maxLength={200} value={note} onChange={(event) => { setNote(event.target.value); }} />
      </label>
      <div className={css.moves}>
        <button type="button" className={css.primary} disabled={!note.trim() || isSending} onClick={send}>
          {t('lead.stop')}
        </button>
        <button type="button" className={css.plain} onClick={onClose}>
          {t('cancel', { ns: 'ui' })}
        </button>
      </div>
    </div>
  );
}

function Running({ enrolment, mayStop }: { enrolment: Enrolment; mayStop: boolean }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const [isStopping, setStopping] = useState(false);
  return (
    <article aria-label={name(enrolment.path.name)}>
      <strong>{name(enrolment.path.name)}</strong>
      <p className="muted">
        {t('lead.since', { version: enrolment.version, at: dateTime(enrolment.started_at) })}
        {enrolment.why && ` · ${t('lead.because', { why: enrolment.why })}`}
      </p>
      <dl className={css.fields}>
        <div>
          <dt>{t('lead.next')}</dt>
          <dd>{enrolment.position?.text ?? '–'}</dd>
        </div>
        <div>
          <dt>{t('lead.nextAt')}</dt>
          <dd className="num">{enrolment.next_at ? dateTime(enrolment.next_at) : t('lead.soon')}</dd>
        </div>
        <div>
          <dt>{t('lead.soFar')}</dt>
          <dd>{t('lead.figures', { sent: enrolment.sent, opened: enrolment.opened, clicked: enrolment.clicked })}</dd>
        </div>
      </dl>
      {mayStop && !isStopping && (
        <div className={css.moves}>
          <button type="button" className={css.plain} onClick={() => { setStopping(true); }}>
            {t('lead.stop')}
          </button>
        </div>
      )}
      {isStopping && <Stop enrolment={enrolment} onClose={() => { setStopping(false); }} />}
    </article>
  );
}

/** The path that a lead is on, its next step and when; nothing where it is on none. */
export default function PhoneNurture({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('nurture');
  const standing = useRecordNurture(type, id).data;
  const running = standing?.enrolments.filter((one) => one.state === 'running') ?? [];
  if (!standing || running.length === 0) return null;
  return (
    <section className={css.panel} aria-labelledby="nurture">
      <h2 id="nurture">{t('title')}</h2>
      {running.map((one) => (
        <Running key={one.id} enrolment={one} mayStop={standing.may_change} />
      ))}
    </section>
  );
}

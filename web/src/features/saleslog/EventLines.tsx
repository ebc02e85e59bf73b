import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LogEvent } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useFileFacts, useTakeBack } from './queries';
import css from './saleslog.module.css';

function Picture({ event, isMine }: { event: LogEvent; isMine: boolean }) {
  const { t } = useTranslation('saleslog');
  const say = useToast();
  const file = useFileFacts(event.id);
  const [ticked, setTicked] = useState<number[]>([]);
  const picture = event.picture;
  if (!picture) return null;
  const open = picture.facts.filter((fact) => !fact.filed);
  return (
    <div className={css.picture}>
      <a href={picture.url} target="_blank" rel="noreferrer">
        {picture.thumbnail_url ? <img src={picture.thumbnail_url} alt={t('picture')} /> : t('picture')}
      </a>
      <div>
        {['waiting', 'reading'].includes(picture.state) && <p className="muted">{t('isRead')}</p>}
        {picture.facts.filter((fact) => fact.filed).map((fact) => (
          <span key={fact.number} className={css.tag}>{t(`fact.${fact.kind}`)} {fact.value} ✓</span>
        ))}
        {isMine && open.length > 0 && (
          <>
            {open.map((fact) => (
              <label key={fact.number} className={css.tick}>
                <input type="checkbox" checked={ticked.includes(fact.number)} onChange={(change) => { setTicked(change.target.checked ? [...ticked, fact.number] : ticked.filter((one) => one !== fact.number)); }} />
                {t(`fact.${fact.kind}`)} {fact.value}
              </label>
            ))}
            <button type="button" className={css.button} disabled={ticked.length === 0 || file.isPending} onClick={() => { file.mutate(ticked, { onSuccess: () => { say('ok', t('filed')); } }); }}>
              {t('file')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** Reported events: what, with whom, why, and what followed. */
export function EventLines({ events, withAuthor, isMine = false }: { events: LogEvent[]; withAuthor?: boolean; isMine?: boolean }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const takeBack = useTakeBack();
  return (
    <ul aria-label={t('events')}>
      {events.map((event) => {
        const about = event.record ?? event.customer;
        return (
          <li key={event.id} className={css.line}>
            <div>
              <strong>{name(event.type.name)}</strong> {event.reason && <span className={css.tag}>{name(event.reason.name)}</span>}{' '}
              {event.is_supplement && <span className={css.tag}>{t(event.corrects ? 'correction' : 'supplement')}</span>}{' '}
              {event.corrected_by && <span className={css.tag}>{t('corrected')}</span>}
              {event.text && <div className={css.what}>{event.text}</div>}
              <div className={css.facts}>
                {withAuthor && <span>{event.author.name}</span>}
                {about && <Link to={recordPath(about.type, about.id)}>{about.title}</Link>}
                {event.case && <Link to={`/support/${event.case.id}`}>{t('case', { number: event.case.number })}</Link>}
                <span className="num">{dateTime(event.at)}</span>
              </div>
              <Picture event={event} isMine={isMine} />
            </div>
            {isMine && event.can_take_back && (
              <button type="button" className={css.button} disabled={takeBack.isPending} onClick={() => { takeBack.mutate(event.id); }}>
                {t('takeBack')}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

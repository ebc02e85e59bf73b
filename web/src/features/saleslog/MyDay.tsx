import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { LogDay, LogEventType } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { DayParts } from './DayParts';
import { EventCard } from './EventCard';
import { EventLines } from './EventLines';
import type { About, LogKeeper, NotedEvent } from './noted';
import { useNotes } from './notes';
import { useLogDay, useLogOptions, useOwnCustomers } from './queries';
import css from './saleslog.module.css';

const types = new Set(['customer', 'deal', 'lead']);

/** With whom one has dealt that day, each once, the latest first. */
function near(day: LogDay | undefined, recent: About[]): About[] {
  const met = (day?.parts ?? []).flatMap((part) => part.items).flatMap((item) => (item.record && types.has(item.record.type) ? [item.record] : []));
  const unique = new Map([...met.reverse(), ...recent].map((one) => [one.id, one]));
  return [...unique.values()].slice(0, 6);
}

const isWhole = (event: NotedEvent, type: LogEventType | undefined) => type !== undefined && (!type.needs_customer || event.about !== null) && (!type.needs_reason || event.reason !== '');

type Props = { keeper: LogKeeper; date: string; today: string; day: LogDay | undefined; types: LogEventType[]; recent: About[] };

function Writing({ keeper, date, today, day, types: offered, recent }: Props) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const say = useToast();
  const onSent = useCallback(() => { say('ok', t('sent')); }, [say, t]);
  const notes = useNotes(keeper, date, today, onSent);
  const isSent = day?.state === 'sent';
  const known = near(day, recent);
  const byKey = new Map(offered.map((one) => [one.key, one]));
  const add = (type: LogEventType) => {
    const last = notes.events.at(-1)?.about ?? (known.length === 1 ? known[0] : undefined) ?? null;
    void notes.add({ type: type.key, reason: '', text: '', about: last, asks_support: type.asks_support });
  };
  const take = (id: string, file: File | null) => {
    notes.picture(id, file).catch((error: unknown) => { say('bad', t(error instanceof Error && error.name === 'FileTooBig' ? 'tooBig' : 'pictureFailed')); });
  };
  const isReady = notes.events.every((event) => isWhole(event, byKey.get(event.type)));
  const isStill = notes.isWaiting && notes.status !== 'sending';
  return (
    <>
      <section className={css.panel} aria-labelledby="tick">
        <h2 id="tick">{t('tick')}</h2>
        <div className={css.big}>
          {offered.map((type) => (
            <button key={type.key} type="button" onClick={() => { add(type); }}>
              {name(type.name)}
            </button>
          ))}
        </div>
      </section>
      {notes.events.map((event) => {
        const { client_id } = event;
        const type = byKey.get(event.type);
        return type ? (
          <EventCard
            key={client_id}
            event={event}
            type={type}
            near={known}
            onChange={(change) => { notes.write(client_id, change); }}
            onDrop={() => void notes.drop(client_id)}
            onPicture={(file) => { take(client_id, file); }}
          />
        ) : null;
      })}
      {notes.problem && (
        <p className={css.bad} role="alert">
          {notes.problem.message}
        </p>
      )}
      {isStill && <p role="status">{t(notes.status === 'sign_in' ? 'signIn' : 'offline')}</p>}
      {(!isSent || notes.events.length > 0 || notes.isWaiting) && (
        <div className={css.bottom}>
          <button type="button" data-primary disabled={!isReady || (notes.isWaiting && !isStill)} onClick={() => void notes.send(!isSent)}>
            {notes.isWaiting ? t(isStill ? 'sendNow' : 'sending') : isSent ? t('sendMore', { count: notes.events.length }) : t('send', { count: notes.events.length })}
          </button>
          {!isReady && <p className="muted">{t('unready')}</p>}
        </div>
      )}
    </>
  );
}

/** This device's date, for a company that it cannot ask. */
function todayHere(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** One's own day: what the system knows, what happened, and one button that sends it. */
export function MyDay({ keeper, day: asked }: { keeper: LogKeeper; day?: string }) {
  const { t } = useTranslation('saleslog');
  const options = useLogOptions();
  // What was kept from another day says which types there are, not which day it is.
  const today = options.data && (options.dataUpdatedAt > 0 ? options.data.today : todayHere());
  const date = asked ?? today;
  const found = useLogDay(date);
  const recent = (useOwnCustomers().data ?? []).slice(0, 6).map((one) => ({ type: 'customer', id: one.id, title: one.name }));
  const writing = (data: LogDay | undefined) => date && today && <Writing key={date} keeper={keeper} date={date} today={today} day={data} types={options.data?.types ?? []} recent={recent} />;
  if (!found.data && options.data && problemOf(found.error)?.status === 0) return <div className={css.column}>{writing(undefined)}</div>;
  return (
    <Faces query={found} rows={8}>
      {(data) => (
        <div className={css.day}>
          <div className={css.column}>
            {data.state === 'sent' && (
              <p className={css.sent} role="status">
                {t('sentAt', { at: dateTime(data.sent_at) })} {data.is_late && <span className={css.bad}>{t('late')}</span>}
              </p>
            )}
            {data.events.length > 0 && (
              <section className={css.panel} aria-labelledby="events">
                <h2 id="events">{t('events')}</h2>
                <EventLines events={data.events} isMine />
              </section>
            )}
            {writing(data)}
          </div>
          <DayParts day={data} />
        </div>
      )}
    </Faces>
  );
}

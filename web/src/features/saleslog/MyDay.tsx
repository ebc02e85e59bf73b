import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { LogDay, LogEventType } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { DayParts } from './DayParts';
import { EventCard, type About } from './EventCard';
import { EventLines } from './EventLines';
import { useNotes } from './notes';
import { useLogDay, useLogOptions, useOwnCustomers, useSend, type Pending } from './queries';
import css from './saleslog.module.css';

const types = new Set(['customer', 'deal', 'lead']);

/** With whom one has dealt that day, each once, the latest first. */
function near(day: LogDay, recent: About[]): About[] {
  const met = day.parts.flatMap((part) => part.items).flatMap((item) => (item.record && types.has(item.record.type) ? [item.record] : []));
  const unique = new Map([...met.reverse(), ...recent].map((one) => [one.id, one]));
  return [...unique.values()].slice(0, 6);
}

const isWhole = (event: Pending, type: LogEventType | undefined) => type !== undefined && (!type.needs_customer || event.about !== null) && (!type.needs_reason || event.reason !== '');

function Writing({ day, events, recent }: { day: LogDay; events: LogEventType[]; recent: About[] }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const say = useToast();
  const notes = useNotes(useMe().id, day.day);
  const send = useSend();
  const [pictures, setPictures] = useState(new Map<string, File>());
  const isSent = day.state === 'sent';
  const known = near(day, recent);
  const byKey = new Map(events.map((one) => [one.key, one]));
  const add = (type: LogEventType) => {
    const last = notes.events.at(-1)?.about ?? (known.length === 1 ? known[0] : undefined) ?? null;
    notes.set([...notes.events, { client_id: newKey(), type: type.key, reason: '', text: '', about: last, asks_support: type.asks_support }]);
  };
  const isReady = notes.events.every((event) => isWhole(event, byKey.get(event.type))) && (!isSent || notes.events.length > 0);
  const problem = problemOf(send.error);
  const go = () => {
    send.mutate(
      { day: day.day, client_id: notes.clientId, events: notes.events, pictures, isSupplement: isSent },
      {
        onSuccess: () => {
          notes.clear();
          say('ok', t('sent'));
        },
      },
    );
  };
  return (
    <>
      <section className={css.panel} aria-labelledby="tick">
        <h2 id="tick">{t('tick')}</h2>
        <div className={css.big}>
          {events.map((type) => (
            <button key={type.key} type="button" onClick={() => { add(type); }}>
              {name(type.name)}
            </button>
          ))}
        </div>
      </section>
      {notes.events.map((event, place) => {
        const type = byKey.get(event.type);
        return type ? (
          <EventCard
            key={event.client_id}
            event={event}
            type={type}
            near={known}
            onChange={(next) => { notes.set(notes.events.map((one, at) => (at === place ? next : one))); }}
            onDrop={() => { notes.set(notes.events.filter((_, at) => at !== place)); }}
            onPicture={(file) => { setPictures((before) => { const next = new Map(before); if (file) next.set(event.client_id, file); else next.delete(event.client_id); return next; }); }}
          />
        ) : null;
      })}
      {problem && (
        <p className={css.bad} role="alert">
          {problem.status === 0 ? t('offline') : (problem.errors?.[0]?.message ?? problem.message)}
        </p>
      )}
      {(!isSent || notes.events.length > 0) && (
        <div className={css.bottom}>
          <button type="button" data-primary disabled={!isReady || send.isPending} onClick={go}>
            {isSent ? t('sendMore', { count: notes.events.length }) : t('send', { count: notes.events.length })}
          </button>
          {!isReady && <p className="muted">{t('unready')}</p>}
        </div>
      )}
    </>
  );
}

/** One's own day: what the system knows, what happened, and one button that sends it. */
export function MyDay({ day: asked }: { day?: string }) {
  const { t } = useTranslation('saleslog');
  const options = useLogOptions();
  const day = asked ?? options.data?.today;
  const found = useLogDay(day);
  const recent = (useOwnCustomers().data ?? []).map((one) => ({ type: 'customer', id: one.id, title: one.name }));
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
            <Writing key={`${data.day}${data.state}`} day={data} events={options.data?.types ?? []} recent={recent} />
          </div>
          <DayParts day={data} />
        </div>
      )}
    </Faces>
  );
}

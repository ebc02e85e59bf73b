import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { DayParts } from './DayParts';
import { EventLines } from './EventLines';
import { useLogDay, useLogTeam } from './queries';
import css from './saleslog.module.css';

function PersonDay({ day, person, onClose }: { day: string; person: { id: number; name: string }; onClose: () => void }) {
  const { t } = useTranslation('saleslog');
  const found = useLogDay(day, person.id);
  return (
    <Sheet size={640} title={`${person.name} · ${day}`} onClose={onClose}>
      <Faces query={found} rows={6}>
        {(data) => (
          <div className={css.column}>
            {data.events.length > 0 ? <EventLines events={data.events} /> : <p className="muted">{t('noEvents')}</p>}
            <DayParts day={data} />
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

/** The team's day: events first, then who has sent and who has not. */
export function Team({ day }: { day: string | undefined }) {
  const { t } = useTranslation('saleslog');
  const team = useLogTeam(day);
  const [shown, setShown] = useState<{ id: number; name: string } | null>(null);
  return (
    <Faces query={team} rows={8} isEmpty={(data) => data.lines.length === 0} empty={<Empty title={t('team.nobody')} />}>
      {(data) => (
        <>
          <section className={css.panel} aria-labelledby="teamEvents">
            <h2 id="teamEvents">{t('events')}</h2>
            {data.events.length ? <EventLines events={data.events} withAuthor /> : <p className="muted">{t('noEvents')}</p>}
          </section>
          <section className={css.panel} aria-labelledby="who">
            <h2 id="who">{t('team.who', { at: dateTime(data.due_at) })}</h2>
            <ul aria-label={t('team.who', { at: dateTime(data.due_at) })}>
              {data.lines.map((line) => (
                <li key={line.person.id} className={css.line}>
                  <button type="button" className={css.name} onClick={() => { setShown(line.person); }}>
                    {line.person.name}
                  </button>
                  <span className="muted">{line.unit?.name}</span>
                  <span className="num muted">{t('team.events', { count: line.events })}</span>
                  <span className={css.tag} data-tone={line.state === 'missing' ? 'bad' : line.state === 'sent' ? 'ok' : undefined}>
                    {t(`team.${line.state}`)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          {shown && <PersonDay day={data.day} person={shown} onClose={() => { setShown(null); }} />}
        </>
      )}
    </Faces>
  );
}

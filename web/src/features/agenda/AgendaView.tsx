import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Agenda, AgendaItem } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import css from './agenda.module.css';
import { useAgenda } from './agenda';
import { dayIn, dayName, later, mondayOf, timeOf, today } from './days';

/** Longer lists of what is late would push the days out of sight. */
const openUpTo = 5;

function Item({ item, isDated }: { item: AgendaItem; isDated: boolean }) {
  const { t, i18n } = useTranslation('agenda');
  const me = useMe();
  const when = item.at === null ? '' : isDated ? timeOf(item.at, i18n.language) : dateTime(item.at);
  const others = [item.record && item.record.title !== item.title ? item.record.title : '', item.owner.id === me.id ? '' : item.owner.name].filter(Boolean);
  return (
    <li className={css.item} data-late={item.is_late || undefined} data-red={item.is_red || undefined}>
      <span className={css.when}>
        {when}
        <small>{t(`kind.${item.kind}`)}</small>
      </span>
      <span className={css.what}>
        {item.link ? <Link to={item.link}>{item.title}</Link> : item.title}
        {others.length > 0 && <small>{others.join(' · ')}</small>}
      </span>
      {item.is_late && <strong className={css.late}>{t('late')}</strong>}
    </li>
  );
}

function Block({ title, items, isDated = false, isToday = false }: { title: string; items: AgendaItem[]; isDated?: boolean; isToday?: boolean }) {
  const { t } = useTranslation('agenda');
  return (
    <section className={css.day} aria-label={title} data-today={isToday || undefined}>
      <h2>
        {title}
        <small>{items.length > 0 ? t('count', { count: items.length }) : ''}</small>
      </h2>
      {items.length === 0 ? (
        <p className="muted">{t('free')}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <Item key={`${item.kind}-${String(item.task_id ?? item.clock_id)}`} item={item} isDated={isDated} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Days({ found }: { found: Agenda }) {
  const { t, i18n } = useTranslation('agenda');
  return (
    <>
      {found.is_cut && <p className={css.cut}>{t('cut')}</p>}
      {found.late.length > 0 && (
        <details className={css.before} open={found.late.length <= openUpTo}>
          <summary>
            {t('before')} <small>{t('count', { count: found.late.length })}</small>
          </summary>
          <ul>
            {found.late.map((item) => (
              <Item key={`${item.kind}-${String(item.task_id ?? item.clock_id)}`} item={item} isDated={false} />
            ))}
          </ul>
        </details>
      )}
      <div className={css.days}>
        {found.days.map((day) => (
          <Block key={day.date} title={dayName(day.date, i18n.language)} items={day.items} isDated isToday={day.date === today()} />
        ))}
      </div>
      {found.dateless.length > 0 && <Block title={t('dateless')} items={found.dateless} />}
    </>
  );
}

function Shares({ found, onChoose }: { found: Agenda; onChoose: (id: number) => void }) {
  const { t } = useTranslation('agenda');
  return (
    <ul className={css.shares} aria-label={t('team')}>
      {found.people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            onClick={() => {
              onChoose(person.id);
            }}
          >
            {person.name}
            <span>{t('share', { count: person.count })}</span>
            {person.late > 0 && <strong className={css.late}>{t('lateCount', { count: person.late })}</strong>}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A day or a week of what is to be done: one's own, the team's, or one of its people's. */
export function AgendaView({ hasTeam }: { hasTeam: boolean }) {
  const { t, i18n } = useTranslation('agenda');
  const address = useAddress();
  const isDay = address.get('view') === 'day';
  const day = dayIn(address.get('since'));
  const since = isDay ? day : mondayOf(day);
  const step = isDay ? 1 : 7;
  const person = Number(address.get('person')) || undefined;
  const isTeam = hasTeam && address.get('who') === 'team' && person === undefined;
  const agenda = useAgenda({ since, days: step, person, team: isTeam || undefined });
  const last = later(since, step - 1);
  const go = (to: string) => {
    address.set({ since: to === today() ? null : to });
  };
  return (
    <>
      <div className={css.bar}>
        <span className={css.choices} role="group" aria-label={t('span')}>
          {(['day', 'week'] as const).map((key) => (
            <button key={key} type="button" aria-pressed={isDay === (key === 'day')} onClick={() => { address.set({ view: key === 'day' ? 'day' : null }); }}>
              {t(key)}
            </button>
          ))}
        </span>
        <span className={css.choices} role="group" aria-label={t('move')}>
          <button type="button" aria-label={t('earlier')} onClick={() => { go(later(since, -step)); }}>
            ‹
          </button>
          <button type="button" onClick={() => { go(today()); }}>
            {t(isDay ? 'today' : 'thisWeek')}
          </button>
          <button type="button" aria-label={t('later')} onClick={() => { go(later(since, step)); }}>
            ›
          </button>
        </span>
        <strong>{isDay ? dayName(since, i18n.language) : `${dayName(since, i18n.language)} – ${dayName(last, i18n.language)}`}</strong>
        {hasTeam && (
          <span className={css.choices} role="group" aria-label={t('whose')}>
            {(['mine', 'team'] as const).map((key) => (
              <button key={key} type="button" aria-pressed={person === undefined && isTeam === (key === 'team')} onClick={() => { address.set({ who: key === 'team' ? 'team' : null, person: null }); }}>
                {t(key)}
              </button>
            ))}
          </span>
        )}
      </div>
      <Faces query={agenda} rows={10}>
        {(found) => (
          <>
            {person !== undefined && <p>{t('of', { name: found.people[0]?.name ?? '' })}</p>}
            {isTeam && <Shares found={found} onChoose={(id) => { address.set({ person: String(id) }); }} />}
            <Days found={found} />
          </>
        )}
      </Faces>
    </>
  );
}

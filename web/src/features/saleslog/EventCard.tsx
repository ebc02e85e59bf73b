import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogEventType } from '@/api/types';
import { useSearch } from '@/features/records/search';
import { FilePick } from '@/ui/FilePick';
import { useName } from '@/ui/names';
import type { About, NotedEvent, Pending } from './noted';
import { Suggestions } from './Suggestions';
import css from './saleslog.module.css';

type Props = { event: NotedEvent; type: LogEventType; near: About[]; onChange: (change: Partial<Pending>) => void; onDrop: () => void; onPicture: (file: File | null) => void };

/** Code points, as the server counts them. */
const clip = (text: string) => Array.from(text).slice(0, 120).join('');

/** One event before it is sent: with whom, why, in few words. */
export function EventCard({ event, type, near, onChange, onDrop, onPicture }: Props) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const [query, setQuery] = useState('');
  const hits = useSearch(query, undefined, 6).data ?? [];
  const found: About[] = query ? hits.map((hit) => ({ type: hit.type, id: hit.id, title: hit.title })) : near;
  const chosen = event.about;
  const shown = chosen && !found.some((one) => one.id === chosen.id) ? [chosen, ...found] : found;
  const picture = (
    <label className={css.tick}>
      {t('picture')} <FilePick label={t('picture')} names={event.picture ? [event.picture] : []} accept="image/*" onFiles={([file]) => { onPicture(file ?? null); }} />
    </label>
  );
  const problem = event.problem && (
    <p className={css.bad} role="alert">
      {event.problem.message} {event.problem.status === 403 || event.problem.status === 404 ? t('chooseOther') : t('mend')}
    </p>
  );
  if (event.kept !== null)
    return (
      <article className={css.panel} aria-label={name(type.name)}>
        <h2>{name(type.name)}</h2>
        <p className="muted">{t('kept')}</p>
        {problem}
        <div className={css.extras}>
          {picture}
          <button type="button" onClick={onDrop}>
            {t('noPicture')}
          </button>
        </div>
      </article>
    );
  return (
    <article className={css.panel} aria-label={name(type.name)}>
      <div className={css.head}>
        <h2>{name(type.name)}</h2>
        <button type="button" className={css.drop} aria-label={t('drop', { name: name(type.name) })} onClick={onDrop}>
          ✕
        </button>
      </div>
      <fieldset className={css.chips}>
        <legend className="muted">{t('about')}</legend>
        {shown.map((one) => (
          <button key={one.id} type="button" aria-pressed={one.id === chosen?.id} onClick={() => { onChange({ about: one }); }}>
            {one.title}
          </button>
        ))}
        <input type="search" aria-label={t('search')} placeholder={t('search')} value={query} onChange={(change) => { setQuery(change.target.value); }} />
      </fieldset>
      {type.reasons.length > 0 && (
        <fieldset className={css.chips}>
          <legend className="muted">{t('reason')}</legend>
          {type.reasons.map((one) => (
            <button key={one.key} type="button" aria-pressed={one.key === event.reason} onClick={() => { onChange({ reason: one.key }); }}>
              {name(one.name)}
            </button>
          ))}
        </fieldset>
      )}
      <label className={css.field}>
        <span className="muted">{t('text')}</span>
        <input value={event.text} onChange={(change) => { onChange({ text: clip(change.target.value) }); }} />
      </label>
      <div className={css.extras}>
        {picture}
        {type.support && (
          <label className={css.tick}>
            <input type="checkbox" checked={event.asks_support} onChange={(change) => { onChange({ asks_support: change.target.checked }); }} />
            {t('asksSupport', { kind: name(type.support.name) })}
          </label>
        )}
      </div>
      {problem}
      <Suggestions event={event} />
    </article>
  );
}

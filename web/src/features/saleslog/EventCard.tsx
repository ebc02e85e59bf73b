import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogEventType } from '@/api/types';
import { useSearch } from '@/features/records/search';
import { useName } from '@/ui/names';
import type { Pending } from './queries';
import { Suggestions } from './Suggestions';
import css from './saleslog.module.css';

export type About = NonNullable<Pending['about']>;
type Props = { event: Pending; type: LogEventType; near: About[]; onChange: (event: Pending) => void; onDrop: () => void; onPicture: (file: File | undefined) => void };

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
  return (
    <article className={css.panel} aria-label={name(type.name)}>
      <div className={css.head}>
        <h2>{name(type.name)}</h2>
        <button type="button" className={css.drop} aria-label={t('drop', { name: name(type.name) })} onClick={onDrop}>
          ✕
        </button>
      </div>
      <fieldset className={css.chips} aria-label={t('about')}>
        {shown.map((one) => (
          <button key={one.id} type="button" aria-pressed={one.id === chosen?.id} onClick={() => { onChange({ ...event, about: one }); }}>
            {one.title}
          </button>
        ))}
        <input type="search" aria-label={t('search')} placeholder={t('search')} value={query} onChange={(change) => { setQuery(change.target.value); }} />
      </fieldset>
      {type.reasons.length > 0 && (
        <fieldset className={css.chips} aria-label={t('reason')}>
          {type.reasons.map((one) => (
            <button key={one.key} type="button" aria-pressed={one.key === event.reason} onClick={() => { onChange({ ...event, reason: one.key }); }}>
              {name(one.name)}
            </button>
          ))}
        </fieldset>
      )}
      <label className={css.field}>
        <span className="muted">{t('text')}</span>
        <input value={event.text} onChange={(change) => { onChange({ ...event, text: clip(change.target.value) }); }} />
      </label>
      <div className={css.extras}>
        <label>
          {t('picture')} <input type="file" accept="image/*" onChange={(change) => { onPicture(change.target.files?.[0]); }} />
        </label>
        {type.support && (
          <label className={css.tick}>
            <input type="checkbox" checked={event.asks_support} onChange={(change) => { onChange({ ...event, asks_support: change.target.checked }); }} />
            {t('asksSupport', { kind: name(type.support.name) })}
          </label>
        )}
      </div>
      <Suggestions event={event} />
    </article>
  );
}

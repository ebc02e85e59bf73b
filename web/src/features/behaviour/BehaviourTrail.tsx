import { useTranslation } from 'react-i18next';
import type { BehaviourEvent } from '@/api/types';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime, dayOf, number } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './BehaviourTrail.module.css';
import { useTrail } from './trail';

function Entry({ event, begins }: { event: BehaviourEvent; begins: boolean }) {
  const { t } = useTranslation('behaviour');
  return (
    <li className={css.entry} data-kind={event.kind}>
      <time className="muted num" dateTime={event.at} title={dateTime(event.at)}>
        {dateTime(event.at).slice(-5)}
      </time>
      <span>
        {event.text}
        {begins && event.origin && <span className={css.origin}>{t('from', { origin: event.origin })}</span>}
      </span>
    </li>
  );
}

/** What the people of a record did on our pages and mails, by day, with how much of each kind. */
export function BehaviourTrail({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('behaviour');
  const name = useName();
  const trail = useTrail(type, id);
  if (!trail.data) return trail.error ? <Failure error={trail.error} retry={() => void trail.refetch()} /> : <Loading />;
  const events = trail.data.pages.flatMap((page) => page.items);
  const counts = trail.data.pages[0]?.counts ?? [];
  if (events.length === 0) return <Empty title={t('none')} hint={t('noneHint')} />;
  return (
    <div>
      <ul className={css.counts} aria-label={t('counts')}>
        {counts.map((count) => (
          <li key={count.kind} title={dateTime(count.last_at)}>
            {name(count.name)} <strong className="num">{number(count.count)}</strong>
          </li>
        ))}
      </ul>
      <ol className={css.list}>
        {events.map((event, index) => (
          <li key={event.id}>
            {dayOf(events[index - 1]?.at) !== dayOf(event.at) && <div className={css.day}>{dayOf(event.at)}</div>}
            <ol>
              <Entry event={event} begins={events[index + 1]?.visit !== event.visit} />
            </ol>
          </li>
        ))}
      </ol>
      {trail.hasNextPage && (
        <button type="button" className={css.more} disabled={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </div>
  );
}

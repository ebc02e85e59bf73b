import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { Empty, Failure, Loading } from '@/ui/faces';
import { ago, dayOf, dateTime } from '@/ui/format';
import css from './Timeline.module.css';
import { useTimeline } from './discussion';

function toneOf(verb: string): string {
  if (/blocked|refused|lost|deleted/.test(verb)) return 'bad';
  if (/won|granted|converted/.test(verb)) return 'ok';
  return /stage|move|exception|opening/.test(verb) ? 'main' : 'quiet';
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('records');
  return (
    <li className={css.entry} data-tone={toneOf(entry.verb)}>
      <span className={css.who}>{entry.actor ? <Avatar name={entry.actor.name} size={26} /> : <span className={css.system} />}</span>
      <div className="grow">
        <div>
          <strong>{entry.actor?.name ?? t('system')}</strong> {entry.text}
        </div>
        <time className="muted" dateTime={entry.at} title={dateTime(entry.at)}>
          {ago(entry.at)}
          {entry.corrects !== null && ` · ${t('correction')}`}
        </time>
      </div>
    </li>
  );
}

/** Everything that happened to a record, newest first, by day. */
export default function Timeline({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('records');
  const timeline = useTimeline(type, id);
  if (!timeline.data) return timeline.error ? <Failure error={timeline.error} retry={() => void timeline.refetch()} /> : <Loading />;
  const entries = timeline.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <Empty title={t('noTimeline')} />;
  return (
    <div>
      <ol className={css.list}>
        {entries.map((entry, index) => (
          <li key={entry.id}>
            {dayOf(entries[index - 1]?.at) !== dayOf(entry.at) && <div className={css.day}>{dayOf(entry.at)}</div>}
            <ol>
              <Entry entry={entry} />
            </ol>
          </li>
        ))}
      </ol>
      {timeline.hasNextPage && (
        <button type="button" className={css.more} disabled={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </div>
  );
}

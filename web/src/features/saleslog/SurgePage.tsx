import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Faces } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { EventLines } from './EventLines';
import { useSurge } from './queries';
import css from './saleslog.module.css';

/** A surge with the events behind it, as its review opens it. */
export default function SurgePage() {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const { id } = useParams();
  const surge = useSurge(Number(id));
  return (
    <div className={css.page}>
      <Link to="/saleslog?tab=surges">← {t('tabs.surges')}</Link>
      <Faces query={surge} rows={8}>
        {(data) => (
          <>
            <h1>
              {data.unit.name} · {name(data.type.name)}
            </h1>
            <p className={css.aside}>
              {t('surge.week', { day: dayOf(data.week) })} · {t('surge.counts', { count: data.count, before: data.before })}{' '}
              {data.task && <Link to={`/tasks/${data.task.id}`}>{t('surge.review', { name: data.task.owner.name })}</Link>}
            </p>
            <section className={css.panel} aria-label={t('events')}>
              <EventLines events={data.events} withAuthor />
            </section>
          </>
        )}
      </Faces>
    </div>
  );
}

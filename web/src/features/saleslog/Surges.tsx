import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Empty, Faces } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { EventLines } from './EventLines';
import { useSurge, useSurges } from './queries';
import css from './saleslog.module.css';

/** Types of events that jumped in a week, each with its review. */
export function Surges() {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const surges = useSurges();
  return (
    <section className={css.panel} aria-label={t('tabs.surges')}>
      <Faces query={surges} rows={5} isEmpty={(list) => list.length === 0} empty={<Empty title={t('surge.none')} hint={t('surge.noneHint')} />}>
        {(list) => (
          <ul aria-label={t('tabs.surges')}>
            {list.map((each) => (
              <li key={each.id} className={css.line}>
                <div>
                  <Link to={`/saleslog/surges/${each.id}`}>
                    {each.unit.name} · {name(each.type.name)}
                  </Link>
                  <div className={css.facts}>
                    <span>{t('surge.week', { day: dayOf(each.week) })}</span>
                    <span>{t('surge.counts', { count: each.count, before: each.before })}</span>
                    {each.task && <span>{t('surge.review', { name: each.task.owner.name })}</span>}
                  </div>
                </div>
                <span className={css.tag} data-tone="bad">
                  {each.percent === null ? t('surge.fresh') : `+${String(each.percent)}%`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Faces>
    </section>
  );
}

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
            <p className="muted">
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

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty, Faces } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { useSurges } from './queries';
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

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { briefOf, placeOf } from '@/features/sla/countdown';
import { useClocks } from '@/features/sla/clocks';
import { useName } from '@/ui/names';
import css from './screen.module.css';

const atOnce = 8;

/** What is watched over: the red clocks, the most urgent first. */
export function Pool() {
  const { t } = useTranslation('screen');
  const name = useName();
  const found = useClocks({ box: 'red', limit: atOnce });
  const clocks = found.data?.pages[0]?.items ?? [];
  return (
    <section className={css.pool} aria-labelledby="pool">
      <h2 id="pool">
        <Link to="/supervision">{t('pool')}</Link>
      </h2>
      {clocks.length === 0 && <p className={css.wait}>{t(found.data ? 'noPool' : found.error ? 'unreachable' : 'waiting')}</p>}
      <ul>
        {clocks.map((clock) => (
          <li key={clock.id}>
            <Link to={placeOf(clock)}>{clock.record?.title ?? name(clock.policy.name)}</Link>
            <span className={css.clock}>
              <ClockBadge clock={briefOf(clock)} />
            </span>
            <small>{[name(clock.policy.name), clock.owner?.name].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

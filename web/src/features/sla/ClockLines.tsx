import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Clock } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { useName } from '@/ui/names';
import { ClockBadge } from './ClockBadge';
import css from './ClockLines.module.css';
import { briefOf, placeOf } from './countdown';

const OneClockSheet = lazy(() => import('./OneClockSheet'));

/** Clocks in one line each: about what, whose, how they stand; a click on the badge says why. */
export function ClockLines({ clocks }: { clocks: Clock[] }) {
  const { t } = useTranslation('sla');
  const name = useName();
  const [opened, setOpened] = useState<number | null>(null);
  const clock = clocks.find((one) => one.id === opened);
  return (
    <>
      <ul aria-label={t('clocks')}>
        {clocks.map((one) => (
          <li key={one.id} className={css.line} data-red={one.is_red || undefined}>
            <div className={css.text}>
              <Link to={placeOf(one)} className={css.title}>
                {one.record?.title ?? name(one.policy.name)}
              </Link>
              <div className={css.facts}>
                <span>{name(one.policy.name)}</span>
                {one.paused && <span>{t('pausedFor', { reason: name(one.paused.name) || one.paused.reason })}</span>}
              </div>
            </div>
            {one.owner && (
              <span className={css.owner}>
                <Avatar name={one.owner.name} size={20} /> {one.owner.name}
              </span>
            )}
            <ClockBadge clock={briefOf(one)} onOpen={() => { setOpened(one.id); }} />
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>{clock && <OneClockSheet clock={clock} onClose={() => { setOpened(null); }} />}</Suspense>
    </>
  );
}

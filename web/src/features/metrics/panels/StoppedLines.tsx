import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StoppedList } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import css from './panels.module.css';

/** Deals that something stopped: how often, whose, and when last. What is lost is lost once, so no number stands there. */
export function StoppedLines({ found, once = false }: { found: UseQueryResult<StoppedList>; once?: boolean }) {
  const { t } = useTranslation('metrics');
  return (
    <Faces query={found} rows={8} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('noThings')} />}>
      {(data) => (
        <ul className={css.lines}>
          {data.items.map((one) => (
            <li key={one.record.id}>
              <Link to={recordPath(one.record.type, one.record.id)}>{one.record.title}</Link>
              {!once && <strong className="num">{t('blockers.times', { count: one.attempts })}</strong>}
              <small>{[one.owner?.name ?? t('list.nobody'), dateTime(one.last_at)].join(' · ')}</small>
            </li>
          ))}
        </ul>
      )}
    </Faces>
  );
}

import { useTranslation } from 'react-i18next';
import type { PoolStanding } from '@/api/types';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Pool.module.css';

/** Who had a record before: every stay in a pool, how it came, who took it. */
export function Stays({ stays }: { stays: PoolStanding['stays'] }) {
  const { t } = useTranslation('pool');
  const name = useName();
  if (stays.length === 0) return <p className="muted">{t('noStays')}</p>;
  return (
    <ol className={css.stays}>
      {stays.map((stay) => (
        <li key={stay.id}>
          <strong>{stay.from_owner ? t('stay.from', { name: stay.from_owner.name, pool: name(stay.pool.name) }) : t('stay.into', { pool: name(stay.pool.name) })}</strong>
          <span className="muted">{dateTime(stay.entered_at)}</span>
          <span>{stay.why}</span>
          {stay.left_at && stay.left_how && (
            <span>
              {t(`stay.${stay.left_how}`, { name: stay.to_owner?.name ?? '–' })} <span className="muted">{dateTime(stay.left_at)}</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

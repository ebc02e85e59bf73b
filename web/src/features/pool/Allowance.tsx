import { useTranslation } from 'react-i18next';
import type { PoolRow } from '@/api/types';
import css from './Pool.module.css';

/** How many one may still claim today, and how many one holds. */
export function Allowance({ pool }: { pool: PoolRow }) {
  const { t } = useTranslation('pool');
  const { my } = pool;
  if (!my.may_claim) return <p className="muted">{t('notClaimant')}</p>;
  const isUsedUp = my.left_today === 0;
  return (
    <p className={css.allowance} role="status">
      <strong data-empty={isUsedUp || undefined}>
        {typeof my.left_today === 'number' ? t('leftToday', { count: my.left_today, most: my.per_day }) : t('unlimited')}
      </strong>
      {typeof my.most_held === 'number' && <span className="muted">{t('held', { count: my.held, most: my.most_held })}</span>}
    </p>
  );
}

import { useTranslation } from 'react-i18next';
import css from './Pool.module.css';
import { usePools } from './pools';

/** What stands in an owner's place while nobody owns a record: the pool, where its type has one. */
export function Unowned({ type }: { type: string }) {
  const { t } = useTranslation('pool');
  const pools = usePools();
  if (!pools.data?.some((pool) => pool.record_type === type)) return null;
  return <span className={css.unowned}>{t('pool')}</span>;
}

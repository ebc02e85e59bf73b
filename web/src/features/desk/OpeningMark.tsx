import { useTranslation } from 'react-i18next';
import type { RecordItem } from '@/api/types';
import css from './OpeningMark.module.css';

/** Marks a record that came in by an opening entry. */
export function OpeningMark({ record }: { record: Pick<RecordItem, 'opening'> }) {
  const { t } = useTranslation('process');
  if (!record.opening) return null;
  return (
    <span className={css.mark} title={t('opening.title')}>
      {t('opening.mark')}
    </span>
  );
}

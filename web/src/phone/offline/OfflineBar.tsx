import { useTranslation } from 'react-i18next';
import css from './offline.module.css';
import { useOnline } from './online';

/** Says that what is seen may be older, and that what is written is kept. */
export function OfflineBar() {
  const { t } = useTranslation('phone');
  if (useOnline()) return null;
  return (
    <div className={css.bar} data-tone="warn" role="status">
      {t('isOffline')}
    </div>
  );
}

import { CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** The button that empties a drop-down, named in the reader's language; `false` where it may not be empty. */
export function useClearing(may = true): false | { clearIcon: React.ReactNode; label: string } {
  const { t } = useTranslation();
  return may && { clearIcon: <CloseCircleFilled />, label: t('clear', { ns: 'ui' }) };
}

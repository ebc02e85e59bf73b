import { useTranslation } from 'react-i18next';
import { MyDay } from '@/features/saleslog/MyDay';
import css from './phone.module.css';

/** The day under the thumb: tick what happened, send. */
export default function PhoneLog() {
  const { t } = useTranslation('saleslog');
  return (
    <>
      <h1 className={css.title}>{t('title')}</h1>
      <MyDay />
    </>
  );
}

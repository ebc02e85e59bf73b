import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { MyDay } from '@/features/saleslog/MyDay';
import { useOutbox } from './outbox/useOutbox';
import css from './phone.module.css';

/** The day under the thumb: tick what happened, send. */
export default function PhoneLog() {
  const { t } = useTranslation('saleslog');
  const { outbox } = useOutbox();
  const [asked] = useSearchParams();
  const day = asked.get('day') ?? undefined;
  return (
    <>
      <h1 className={css.title}>{day ? `${t('title')} · ${day}` : t('title')}</h1>
      <MyDay keeper={outbox} day={day} />
    </>
  );
}

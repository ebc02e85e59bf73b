import { useTranslation } from 'react-i18next';
import type { Item } from '@/phone/outbox/items';
import css from './capture.module.css';

/** Why the server did not take an item, and what helps. */
export function Problem({ item }: { item: Item }) {
  const { t } = useTranslation('followups');
  if (item.state !== 'stuck' || !item.problem) return null;
  const { status, message } = item.problem;
  const remedy = status === 404 || status === 403 ? 'elsewhere' : status === 413 ? 'tooLarge' : 'mend';
  return (
    <section className={css.problem} role="alert">
      <strong>{t('stuck.title')}</strong>
      <span>{message}</span>
      <span>{t(`stuck.${remedy}`)}</span>
    </section>
  );
}

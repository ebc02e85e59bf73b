import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import type { Definition, Rehearsal } from './admin';
import css from './standards.module.css';

/** What last month's follow-ups would have been by the draft. */
export function Rehearsed({ found, draft }: { found: Rehearsal; draft: Definition }) {
  const { t } = useTranslation('followupStandards');
  const name = useName();
  const itemName = (key: string) => name(draft.items.find((item) => item.key === key)?.name) || key;
  return (
    <section className={css.rehearsed} aria-label={t('preview')}>
      <p>{found.concerned ? t('rehearsed', found) : t('rehearsedNone')}</p>
      {found.concerned > 0 && <p className="muted">{t('moved', found)}</p>}
      {found.missed.length > 0 && <p className="muted">{found.missed.map((each) => t('missed', { name: itemName(each.item), count: each.count })).join(t('comma'))}</p>}
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlaybookRow, PlaybookWhy } from '@/api/types';
import { useName } from '@/ui/names';
import css from './playbooks.module.css';

/** Why something is suggested, in one line. */
export function Why({ why }: { why: PlaybookWhy[] }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  if (why.length === 0) return null;
  const reasons = why.map((one) => (one.what.length > 0 ? t('why.of', { by: name(one.name), what: one.what.map(name).join(t('why.and')) }) : name(one.name)));
  return <p className={css.why}>{t('why.because', { reasons: reasons.join(t('why.then')) })}</p>;
}

/** An entry in a list: what it is, how it begins, why it is here, what came of it. */
export function EntryCard({ row, from = '', children }: { row: PlaybookRow; from?: string; children?: React.ReactNode }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const { readers, records, moved, won, helpful } = row.figures;
  return (
    <li className={css.card}>
      <div className={css.name}>
        <span className={css.kind}>{name(row.kind_name)}</span>
        <Link to={`/playbooks/${row.id}${from ? `?from=${from}` : ''}`}>{name(row.title)}</Link>
        {row.state !== 'published' && <span className={css.tag}>{t(`state.${row.state}`)}</span>}
      </div>
      <p className="muted">{name(row.excerpt)}</p>
      <Why why={row.why} />
      <div className={css.facts}>
        {row.tags.slice(0, 6).map((tag) => (
          <span key={`${tag.facet}:${tag.value}`} className={css.tag}>
            {name(tag.name)}
          </span>
        ))}
        {row.state === 'published' && <span>{t('figures.line', { readers, records, moved, won, helpful })}</span>}
      </div>
      {children}
    </li>
  );
}

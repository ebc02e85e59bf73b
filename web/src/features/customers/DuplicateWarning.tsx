import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import css from './DuplicateWarning.module.css';
import { useDuplicates } from './duplicates';

type Props = { type: string; titleField: string; values: Record<string, unknown> };

/** Warns while typing that the record may exist already, with links. */
export function DuplicateWarning({ type, titleField, values }: Props) {
  const { t } = useTranslation('customers');
  const name = useName();
  const types = useTypes();
  const found = useDuplicates(type, titleField, values).data ?? [];
  if (found.length === 0) return null;
  return (
    <section className={css.box} role="status" aria-label={t('duplicates.title')}>
      <strong>{t('duplicates.title')}</strong>
      <ul>
        {found.slice(0, 5).map((hit) => (
          <li key={`${hit.type}-${hit.id ?? hit.owner}-${hit.match}`}>
            {hit.visible && hit.id !== null ? (
              <Link to={recordPath(hit.type, hit.id)} target="_blank">
                {hit.title}
              </Link>
            ) : (
              <span>{hit.title || t('duplicates.hidden')}</span>
            )}{' '}
            <span className="muted">
              {name(types.find((one) => one.key === hit.type)?.name)} · {t(`duplicates.match.${hit.match}`, { defaultValue: hit.match })}
              {hit.owner && ` · ${t('duplicates.owner', { name: hit.owner })}`}
              {!hit.visible && ` · ${t('duplicates.outside')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

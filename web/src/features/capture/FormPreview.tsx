import { useTranslation } from 'react-i18next';
import type { FormDefinition, OfferedField } from '@/api/types';
import { useName } from '@/ui/names';
import css from './capture.module.css';

/** What the form will look like, in the reader's language; nothing can be sent from here. */
export function FormPreview({ draft, offered }: { draft: FormDefinition; offered: OfferedField[] }) {
  const { t } = useTranslation('capture');
  const name = useName();
  return (
    <div className={css.preview} inert>
      <strong>{name(draft.title)}</strong>
      <span>{name(draft.intro ?? {})}</span>
      {draft.fields.map((field) => {
        const spec = offered.find((one) => one.key === field.key);
        if (!spec) return null;
        const label = name(field.label ?? spec.name);
        return (
          <label key={field.key}>
            <span>
              {label}
              {!field.required && ` (${t('form.optional')})`}
            </span>
            {spec.choices.length > 0 ? (
              <select aria-label={label}>
                <option>{t('form.choose')}</option>
              </select>
            ) : (
              <input aria-label={label} readOnly />
            )}
          </label>
        );
      })}
      {draft.consent && (
        <span className={css.tick}>
          <input type="checkbox" aria-label={t('form.consent')} readOnly /> <span>{name(draft.consent.text)}</span>
        </span>
      )}
      <span className={css.send}>{t('form.send')}</span>
    </div>
  );
}

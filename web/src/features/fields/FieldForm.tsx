import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/api/problem';
import type { FieldMeta, TypeMeta } from '@/api/types';
import { useName } from '@/ui/names';
import css from './FieldForm.module.css';
import { FieldInput } from './FieldInput';
import { changed, sections } from './rules';

type Props = {
  type: TypeMeta;
  fields: FieldMeta[];
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
  errors?: FieldError[];
  labels?: Record<string, string>;
  prefix?: string;
  required?: string[];
  plain?: boolean;
};

/** A form drawn from field definitions, by section; a change brings its defaults with it. */
export function FieldForm({ type, fields, values, onChange, errors = [], labels = {}, prefix = 'f', required = [], plain }: Props) {
  const { t } = useTranslation('fields');
  const name = useName();
  const draw = (field: FieldMeta) => {
    const id = `${prefix}-${field.key}`;
    const error = errors.find((one) => one.field === field.key);
    const must = field.required || required.includes(field.key);
    return (
      <div key={field.key} className={css.item} data-wide={field.type === 'long_text' || undefined}>
        <label htmlFor={id}>
          {name(field.name)}
          {must && (
            <span className={css.must} title={t('required', { ns: 'ui' })}>
              *
            </span>
          )}
        </label>
        <FieldInput
          id={id}
          field={field}
          label={name(field.name)}
          value={values[field.key]}
          values={values}
          shown={labels[field.key]}
          status={error ? 'error' : ''}
          disabled={field.access !== 'edit'}
          onChange={(value) => {
            onChange(changed(type, values, field.key, value));
          }}
        />
        {error && (
          <div className={css.error} role="alert">
            {error.message}
          </div>
        )}
        {field.help && <div className={css.help}>{name(field.help)}</div>}
      </div>
    );
  };
  if (plain) return <div className={css.grid}>{fields.map(draw)}</div>;
  return (
    <div className={css.form}>
      {sections(type, fields).map((group) => (
        <section key={group.section?.key ?? ''}>
          <h3 className={css.section}>{group.section ? name(group.section.name) : t('otherSection')}</h3>
          <div className={css.grid}>{group.fields.map(draw)}</div>
        </section>
      ))}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { Import, TypeMeta } from '@/api/types';
import { FieldForm } from '@/features/fields/FieldForm';
import { isBlank } from '@/features/fields/rules';
import css from './Imports.module.css';
import { useChangeImport } from './imports';

/** One value for every row, where a required field has no column. */
export function Constants({ job, type }: { job: Import; type: TypeMeta }) {
  const { t } = useTranslation('transfer');
  const change = useChangeImport(job.id);
  const given = new Set((job.mapping.columns ?? []).map((column) => column.target));
  const constants = job.mapping.constants ?? {};
  const fields = type.fields.filter((field) => (field.required || field.key in constants) && !given.has(field.key) && field.access === 'edit');
  if (fields.length === 0) return null;
  return (
    <div className={css.constants}>
      <h3>{t('constants')}</h3>
      <FieldForm
        plain
        prefix="constant"
        type={type}
        fields={fields}
        values={constants}
        onChange={(values) => {
          const kept = Object.fromEntries(Object.entries(values).filter(([key, value]) => !isBlank(value) && !given.has(key)));
          change.mutate({ mapping: { ...job.mapping, constants: kept } });
        }}
      />
    </div>
  );
}

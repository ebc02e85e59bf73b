import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, TypeMeta } from '@/api/types';
import { FieldForm } from '@/features/fields/FieldForm';
import { isBlank } from '@/features/fields/rules';
import { useName } from '@/ui/names';
import css from './Imports.module.css';
import { useChangeImport } from './imports';
import { constantFields } from './targets';

/** One value for every row: where a required field has no column, and wherever else one is wanted. */
export function Constants({ job, type }: { job: Import; type: TypeMeta }) {
  const { t } = useTranslation('transfer');
  const name = useName();
  const change = useChangeImport(job.id);
  const [added, setAdded] = useState<string[]>([]);
  const constants = job.mapping.constants ?? {};
  const { shown, open } = constantFields(job.mapping, type, added);
  if (shown.length === 0 && open.length === 0) return null;
  return (
    <div className={css.constants}>
      <h3>{t('constants')}</h3>
      <FieldForm
        plain
        prefix="constant"
        type={type}
        fields={shown}
        values={constants}
        onChange={(values) => {
          const keys = new Set(shown.map((field) => field.key));
          const kept = Object.fromEntries(Object.entries(values).filter(([key, value]) => !isBlank(value) && keys.has(key)));
          change.mutate({ mapping: { ...job.mapping, constants: kept } });
        }}
      />
      {open.length > 0 && (
        <Select
          aria-label={t('addConstant')}
          placeholder={t('addConstant')}
          style={{ width: 260 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          options={open.map((field) => ({ value: field.key, label: name(field.name) }))}
          onChange={(key: string | null) => {
            if (key) setAdded([...added, key]);
          }}
        />
      )}
    </div>
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, TypeMeta } from '@/api/types';
import { useUnits } from '@/features/org/units';
import { fieldOf, useType } from '@/features/records/meta';

function fact(key: string, name: string, type: FieldMeta['type'], choices: FieldMeta['choices'] = []): FieldMeta {
  return {
    key,
    name: { 'zh-CN': name, 'en-US': name },
    type,
    choices,
    required: false,
    builtin: true,
    access: 'read',
    sortable: false,
    filterable: true,
    section: '',
    record_type: null,
    max_length: null,
    help: null,
    defaults: {},
  };
}

/** Everything that a gate may ask of a record, as fields by the keys of their facts. */
export function useFactFields(type: TypeMeta | undefined): FieldMeta[] {
  const { t } = useTranslation('process');
  const units = useUnits().data;
  const lines = fieldOf(useType('product'), 'family')?.choices;
  return useMemo(() => {
    const named = (units ?? []).map((unit) => ({ key: String(unit.id), name: { 'zh-CN': unit.name, 'en-US': unit.name }, when: null }));
    return [
      ...(type?.fields ?? []).map((field) => ({ ...field, key: `field.${field.key}` })),
      fact('record.units', t('facts.units'), 'choices', named),
      fact('product.line', t('facts.line'), 'choice', lines),
      fact('contacts.roles_covered', t('facts.roles'), 'number'),
    ];
  }, [type, units, lines, t]);
}

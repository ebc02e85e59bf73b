import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, TypeMeta } from '@/api/types';
import { asField } from '@/features/fields/asField';
import { useUnits } from '@/features/org/units';
import { fieldOf, useType } from '@/features/records/meta';

/** Everything that a gate may ask of a record, as fields by the keys of their facts. */
export function useFactFields(type: TypeMeta | undefined): FieldMeta[] {
  const { t } = useTranslation('process');
  const units = useUnits().data;
  const lines = fieldOf(useType('product'), 'family')?.choices;
  return useMemo(() => {
    const inBoth = (name: string) => ({ 'zh-CN': name, 'en-US': name });
    const named = (units ?? []).map((unit) => ({ key: String(unit.id), name: inBoth(unit.name) }));
    return [
      ...(type?.fields ?? []).map((field) => ({ ...field, key: `field.${field.key}` })),
      asField({ key: 'record.units', name: inBoth(t('facts.units')), type: 'choices', choices: named }),
      asField({ key: 'product.line', name: inBoth(t('facts.line')), type: 'choice', choices: lines ?? [] }),
      asField({ key: 'contacts.roles_covered', name: inBoth(t('facts.roles')), type: 'number', choices: [] }),
    ];
  }, [type, units, lines, t]);
}

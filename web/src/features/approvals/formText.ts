import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, FormRow } from '@/api/types';
import { valueText } from '@/features/fields/display';
import { useName } from '@/ui/names';

/** A line of an approval's form as a field, so that it is drawn and filled in like one. */
export function asField(row: FormRow): FieldMeta {
  return {
    key: row.key,
    name: row.name,
    type: row.type,
    choices: row.choices.map((choice) => ({ ...choice, when: null })),
    required: row.is_required,
    builtin: true,
    access: row.access,
    sortable: false,
    filterable: false,
    section: '',
    record_type: null,
    max_length: null,
    help: null,
    defaults: {},
  };
}

/** Gives what a line of the form says, in words. */
export function useRowText(): (row: FormRow) => string {
  const { t, i18n } = useTranslation('ui');
  const name = useName();
  const language = i18n.language;
  return useCallback(
    (row: FormRow) => name(row.label) || valueText(asField(row), row.value, language, { yes: t('yes'), no: t('no') }) || '–',
    [t, language, name],
  );
}

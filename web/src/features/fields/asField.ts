import type { FieldMeta, Name } from '@/api/types';

export type FactLike = { key: string; name: Name; type: string; choices: { key: string; name: Name }[] };

/** A fact as a field, so that conditions on it are built and told with the controls of fields. */
export function asField({ key, name, type, choices }: FactLike): FieldMeta {
  return {
    key,
    name,
    type: type as FieldMeta['type'],
    choices: choices.map((choice) => ({ key: choice.key, name: choice.name, when: null })),
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

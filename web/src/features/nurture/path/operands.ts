import type { FieldMeta, NurtureCatalogue } from '@/api/types';

/** The facts of the catalogue as fields of the condition editor. */
export function operandsOf(catalogue: NurtureCatalogue): FieldMeta[] {
  return catalogue.facts.map((fact) => ({
    key: fact.key,
    name: fact.name,
    type: fact.type as FieldMeta['type'],
    choices: fact.choices.map((choice) => ({ key: choice.key, name: choice.name, when: null })),
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
  }));
}

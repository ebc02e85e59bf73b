import type { FieldMeta, PolicyCatalogue, TypeMeta } from '@/api/types';

type Fact = PolicyCatalogue['facts'][number];

/** The facts of a catalogue as fields; a fact that is a field of the record brings its choices with their names. */
export function operandsOf(facts: Fact[], type: TypeMeta | undefined): FieldMeta[] {
  return facts.map((fact) => {
    const own = type?.fields.find((field) => `field.${field.key}` === fact.key);
    return {
      ...(own ?? plain(fact)),
      key: fact.key,
      name: fact.name,
    };
  });
}

function plain(fact: Fact): FieldMeta {
  return {
    key: fact.key,
    name: fact.name,
    type: fact.type as FieldMeta['type'],
    choices: fact.choices.map((choice) => ({ ...choice, when: null })),
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

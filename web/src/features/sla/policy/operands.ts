import type { FieldMeta, PolicyCatalogue, TypeMeta } from '@/api/types';
import { asField } from '@/features/fields/asField';

type Fact = PolicyCatalogue['facts'][number];

/** The facts of a catalogue as fields; a fact that is a field of the record brings its choices with their names. */
export function operandsOf(facts: Fact[], type: TypeMeta | undefined): FieldMeta[] {
  return facts.map((fact) => {
    const own = type?.fields.find((field) => `field.${field.key}` === fact.key);
    return {
      ...(own ?? asField(fact)),
      key: fact.key,
      name: fact.name,
    };
  });
}

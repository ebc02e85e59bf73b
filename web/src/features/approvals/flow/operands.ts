import type { FieldMeta, FlowFact } from '@/api/types';
import type { Definition } from './definition';

function asField(fact: Pick<FlowFact, 'key' | 'name' | 'type' | 'choices'>): FieldMeta {
  return {
    key: fact.key,
    name: fact.name,
    type: fact.type,
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

/** The facts of a catalogue as fields, so that conditions are built with the controls of fields. */
export function operandsOf(facts: FlowFact[]): FieldMeta[] {
  return facts.map(asField);
}

/** The lines that a flow's requester fills, as facts. */
export function formOperands(definition: Definition): FieldMeta[] {
  return (definition.form ?? [])
    .filter((line) => !line.field)
    .map((line) => asField({ key: `form.${line.key}`, name: line.name ?? {}, type: line.type ?? 'text', choices: line.choices ?? [] }));
}

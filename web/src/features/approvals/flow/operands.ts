import type { FieldMeta, FlowFact } from '@/api/types';
import { asField } from '@/features/fields/asField';
import type { Definition } from './definition';

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

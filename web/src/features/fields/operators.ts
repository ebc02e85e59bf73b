import type { FieldMeta } from '@/api/types';

const nulls = ['null', 'notNull'] as const;
const order = ['=', '!=', '<', '<=', '>', '>=', 'between'] as const;
const text = ['contains', 'doesNotContain', '=', '!=', 'beginsWith', 'endsWith'] as const;

export type OperatorKey = (typeof nulls)[number] | (typeof order)[number] | (typeof text)[number] | 'in' | 'notIn';

/** The closed list of operators that the server knows for a type of field. */
export function operatorsFor(type: FieldMeta['type']): readonly OperatorKey[] {
  switch (type) {
    case 'number':
    case 'money':
    case 'date':
    case 'datetime':
      return [...order, ...nulls];
    case 'boolean':
      return ['=', '!=', ...nulls];
    case 'choice':
    case 'person':
    case 'record':
      return ['=', '!=', 'in', 'notIn', ...nulls];
    case 'choices':
      return ['contains', 'doesNotContain', 'in', 'notIn', ...nulls];
    default:
      return [...text, ...nulls];
  }
}

/** How many values an operator takes. */
export function shapeOf(operator: string): 'nothing' | 'single' | 'pair' | 'many' {
  if (operator === 'null' || operator === 'notNull') return 'nothing';
  if (operator === 'between' || operator === 'notBetween') return 'pair';
  return operator === 'in' || operator === 'notIn' ? 'many' : 'single';
}

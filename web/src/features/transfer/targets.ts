import type { ColumnPlan, FieldMeta, Plan, TypeMeta } from '@/api/types';

/** What a column may say beside fields. */
export const specialTargets = ['@owner', '@unit', '@stage', '@entered_at', '@outcome_reason', '@created_at'] as const;
/** What a column may say in a table of people. */
export const orgTargets = ['@person', '@superior', '@unit', '@username', '@email', '@root', '@role', '@superior_role'] as const;

/** The plan with one column changed; a target stands at one column only. */
export function withColumn(plan: Plan, column: string, change: Partial<ColumnPlan>): Plan {
  return {
    ...plan,
    columns: (plan.columns ?? []).map((one) => {
      if (one.column === column) return { ...one, ...change };
      const taken = change.target && one.target === change.target;
      return taken ? { ...one, target: null } : one;
    }),
  };
}

/** How many columns are taken over. */
export function mappedCount(plan: Plan): number {
  return (plan.columns ?? []).filter((column) => column.target || column.new_field).length;
}

/** Fields with one value for every row: those shown (required, given or asked for) and those that still may be. */
export function constantFields(plan: Plan, type: TypeMeta, added: string[]): { shown: FieldMeta[]; open: FieldMeta[] } {
  const given = new Set((plan.columns ?? []).map((column) => column.target));
  const free = type.fields.filter((field) => field.access === 'edit' && !given.has(field.key));
  const isShown = (field: FieldMeta) => field.required || field.key in (plan.constants ?? {}) || added.includes(field.key);
  return { shown: free.filter(isShown), open: free.filter((field) => !isShown(field)) };
}

/** Fields by which rows can be recognised: those that a column gives. */
export function matchable(plan: Plan, type: TypeMeta | undefined): { key: string; name: TypeMeta['name'] }[] {
  const given = new Set((plan.columns ?? []).map((column) => column.target));
  return (type?.fields ?? []).filter((field) => given.has(field.key) && ['text', 'phone', 'email', 'credit_code'].includes(field.type));
}

/** A key for a new field made from a column's name. */
export function fieldKey(column: string, place: number): string {
  const plain = column
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return plain.slice(0, 60) || `column_${place + 1}`;
}

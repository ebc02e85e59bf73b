import type { Grant, Scope, Verb } from '@/api/types';

/** How far a role's verb reaches on a record type, by its own row of the matrix. */
export function scopeOf(grants: Grant[], recordType: string, verb: string): Scope {
  return grants.find((grant) => grant.record_type === recordType && grant.verb === verb)?.scope ?? 'none';
}

/** The units that a cell of custom scope names. */
export function unitsOf(grants: Grant[], recordType: string, verb: string): number[] {
  return grants.find((grant) => grant.record_type === recordType && grant.verb === verb)?.unit_ids ?? [];
}

/** The cells of custom scope, in the order of the matrix. */
export function customCells(grants: Grant[], recordTypes: string[], verbs: string[]): { recordType: string; verb: Verb }[] {
  return recordTypes.flatMap((recordType) =>
    verbs.filter((verb) => scopeOf(grants, recordType, verb) === 'custom').map((verb) => ({ recordType, verb: verb as Verb })),
  );
}

/** The grants after one cell of the matrix was changed; "none" leaves no row. */
export function withGrant(grants: Grant[], recordType: string, verb: Verb, scope: Scope, unitIds: number[] = []): Grant[] {
  const others = grants.filter((grant) => grant.record_type !== recordType || grant.verb !== verb);
  return scope === 'none' ? others : [...others, { record_type: recordType, verb, scope, unit_ids: unitIds }];
}

/** Whether every custom scope names at least one unit. */
export function isComplete(grants: Grant[]): boolean {
  return grants.every((grant) => grant.scope !== 'custom' || (grant.unit_ids ?? []).length > 0);
}

import type { Grant, Scope, Verb } from '@/api/types';

/** How far a role's verb reaches on a record type, by its own row of the matrix. */
export function scopeOf(grants: Grant[], recordType: string, verb: string): Scope {
  return grants.find((grant) => grant.record_type === recordType && grant.verb === verb)?.scope ?? 'none';
}

/** The grants after one cell of the matrix was changed; "none" leaves no row. */
export function withGrant(grants: Grant[], recordType: string, verb: Verb, scope: Scope): Grant[] {
  const others = grants.filter((grant) => grant.record_type !== recordType || grant.verb !== verb);
  return scope === 'none' ? others : [...others, { record_type: recordType, verb, scope, unit_ids: [] }];
}

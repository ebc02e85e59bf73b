import type { Sync, SyncChoice } from '@/api/types';

/** One difference between a provider's address book and the organisation. */
export type Line = {
  id: string;
  key: string;
  about: 'unit' | 'person';
  kind: string;
  name: string;
  place: string;
  isLikely: boolean;
  matchedBy: string;
  changes: [string, string, string][];
  personId: number | null;
};

export function linesOf(sync: Pick<Sync, 'units' | 'people'>): Line[] {
  const units = sync.units.map((unit): Line => ({
    id: `unit:${unit.key}`,
    key: unit.key,
    about: 'unit',
    kind: unit.kind,
    name: unit.name,
    place: [unit.before, unit.parent].filter(Boolean).join(' → '),
    isLikely: unit.confidence === 'likely',
    matchedBy: 'name',
    changes: [],
    personId: null,
  }));
  const people = sync.people.map((person): Line => ({
    id: `person:${person.key}`,
    key: person.key,
    about: 'person',
    kind: person.kind,
    name: person.name,
    place: person.unit,
    isLikely: person.confidence === 'likely',
    matchedBy: person.matched_by,
    changes: Object.entries(person.changes).map(([field, [before = '', after = '']]) => [field, before, after]),
    personId: person.person_id,
  }));
  return [...units, ...people];
}

/** What is ticked at first: everything certain, but nobody's account is closed unasked. */
export function firstTaken(lines: Line[]): Set<string> {
  return new Set(lines.filter((line) => !line.isLikely && line.kind !== 'left').map((line) => line.id));
}

/** What is sent: likely lines that were ticked, certain ones that were not, accounts to be closed. */
export function choiceOf(lines: Line[], taken: ReadonlySet<string>, role: string): SyncChoice {
  const left = lines.filter((line) => line.kind === 'left');
  const rest = lines.filter((line) => line.kind !== 'left');
  return {
    accept: rest.filter((line) => line.isLikely && taken.has(line.id)).map((line) => line.key),
    leave_out: rest.filter((line) => !line.isLikely && !taken.has(line.id)).map((line) => line.key),
    deactivate: left.filter((line) => taken.has(line.id)).flatMap((line) => (line.personId === null ? [] : [line.personId])),
    role,
  };
}

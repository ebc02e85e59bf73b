import type { Unit } from '@/api/types';

export type Branch = { unit: Unit; branches: Branch[] };

/** The units as a tree; what hangs on an unknown parent becomes a top. */
export function treeOf(units: Unit[]): Branch[] {
  const known = new Set(units.map((unit) => unit.id));
  const below = (parent: number | null): Branch[] =>
    units
      .filter((unit) => (unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null) === parent)
      .sort((a, b) => a.position - b.position || a.id - b.id)
      .map((unit) => ({ unit, branches: below(unit.id) }));
  return below(null);
}

/** The tree as choices, indented by depth. */
export function treeOptions(units: Unit[]): { value: number; label: string }[] {
  const walk = (branches: Branch[], depth: number): { value: number; label: string }[] =>
    branches.flatMap((branch) => [
      { value: branch.unit.id, label: `${'\u3000'.repeat(depth)}${branch.unit.name}` },
      ...walk(branch.branches, depth + 1),
    ]);
  return walk(treeOf(units), 0);
}

/** The units that somebody heads, with all below them. */
export function unitsLedBy(person: number, units: Unit[]): Unit[] {
  const below = (branch: Branch): Unit[] => [branch.unit, ...branch.branches.flatMap(below)];
  const led = (branches: Branch[]): Unit[] =>
    branches.flatMap((branch) => (branch.unit.head?.id === person ? below(branch) : led(branch.branches)));
  return led(treeOf(units));
}

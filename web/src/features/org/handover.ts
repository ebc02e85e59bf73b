/** Who takes each kind: the one chosen for it, else the one who takes everything; kinds that nobody takes are left out. */
export function takersOf(kinds: string[], everything: number | null, single: Record<string, number | null>): Record<string, number> {
  const pairs = kinds.map((kind) => [kind, single[kind] ?? everything] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, number] => pair[1] !== null));
}

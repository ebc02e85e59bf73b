/** The list with one entry moved to another place; as it is where there is no such place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_other, index) => index !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

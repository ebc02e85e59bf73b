export type Place = { part: 'field' | 'files' | 'checklist' | 'contacts' | 'approval' | 'other'; key: string };

/** Reads where a missing item is done, such as `field:amount` or `files:minutes`. */
export function placeOf(where: string): Place {
  const [part = '', ...rest] = where.split(':');
  const key = rest.join(':');
  if (part === 'field' || part === 'files' || part === 'checklist' || part === 'contacts' || part === 'approval') return { part, key };
  return { part: 'other', key: where };
}

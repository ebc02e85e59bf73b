const followed = new Set(['customer', 'deal', 'lead']);

/** Whether records of a type are followed up. */
export function isFollowed(type: string): boolean {
  return followed.has(type);
}

/** Entering through a provider: what came of it, and where one wanted to go, stand in the address. */
const REFUSALS = ['sign_in_failed', 'sign_in_locked', 'sign_in_cancelled', 'sign_in_not_vouched', 'sign_in_not_offered'] as const;
export type EntryRefusal = (typeof REFUSALS)[number];

/** Why one was led back to the sign-in page, or null. */
export function entryRefusal(search: string): EntryRefusal | null {
  const told = new URLSearchParams(search).get('sign_in');
  return REFUSALS.find((code) => code === told) ?? null;
}

/** The address of a provider's entrance, which leads on to the page that was asked for. */
export function entrance(url: string, page: { pathname: string; search: string }): string {
  const asked = new URLSearchParams(page.search);
  const before = asked.get('next');
  asked.delete('sign_in');
  asked.delete('next');
  const rest = asked.toString();
  const wanted = before ?? `${page.pathname}${rest && `?${rest}`}`;
  return `${url}?next=${encodeURIComponent(wanted)}`;
}

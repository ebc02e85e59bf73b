import dayjs from 'dayjs';

export const spans = [7, 30, 90] as const;

/** The last days up to the end of today, as the server is asked for them. */
export function lastDays(count: number, today = dayjs()): { since: string; until: string } {
  return { since: today.startOf('day').subtract(count - 1, 'day').toISOString(), until: today.endOf('day').toISOString() };
}

/** The address of a person's leads that were made in a period. */
export function leadsOf(person: number, { since, until }: { since: string; until: string }): Record<string, string> {
  const filter = {
    combinator: 'and',
    rules: [
      { field: 'row.owner', operator: '=', value: person },
      { field: 'row.created_at', operator: '>=', value: since },
      { field: 'row.created_at', operator: '<=', value: until },
    ],
  };
  return { filter: JSON.stringify(filter) };
}

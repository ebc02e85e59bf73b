type Values = Record<string, unknown>;

const nameOf = (user: number, type: string) => `closeloop.draft.${user}.${type}`;

/** What this person had typed into a new record of the type and not yet sent. */
export function readDraft(user: number, type: string): Values {
  try {
    return JSON.parse(localStorage.getItem(nameOf(user, type)) ?? '{}') as Values;
  } catch {
    return {};
  }
}

export function keepDraft(user: number, type: string, values: Values): void {
  localStorage.setItem(nameOf(user, type), JSON.stringify(values));
}

export function dropDraft(user: number, type: string): void {
  localStorage.removeItem(nameOf(user, type));
}

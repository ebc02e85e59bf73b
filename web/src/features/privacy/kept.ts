import type { ConsentBody, PrivacyPurpose } from '@/api/types';

export type Said = ConsentBody;

const purposesOf = (person: number) => `closeloop.purposes.${String(person)}`;
const answersOf = (person: number) => `closeloop.consents.${String(person)}`;

function read<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(name);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden store: the notice is asked for again at the next start.
  }
}

/** The purposes as they were last read on this device, with the answers that were given since. */
export function held(person: number): PrivacyPurpose[] | undefined {
  return read<PrivacyPurpose[]>(purposesOf(person));
}

/** Keeps the purposes for a time without a network. */
export function holdPurposes(person: number, items: PrivacyPurpose[]): void {
  write(purposesOf(person), items);
}

/** Answers that the server has not got yet, in the order in which they were given. */
export function waiting(person: number): Said[] {
  return read<Said[]>(answersOf(person)) ?? [];
}

/** Keeps an answer until it can be sent; the last one to a purpose holds. */
export function holdAnswer(person: number, said: Said): void {
  write(answersOf(person), [...waiting(person).filter((one) => one.purpose !== said.purpose), said]);
}

/** Lets go of an answer that the server has got. */
export function releaseAnswer(person: number, purpose: string): void {
  write(answersOf(person), waiting(person).filter((one) => one.purpose !== purpose));
}

/** The purposes as they stand with an answer that was just given. */
export function withAnswer(items: PrivacyPurpose[], said: Said): PrivacyPurpose[] {
  return items.map((one) =>
    one.key === said.purpose && one.version === said.version ? { ...one, mine: said.agreed ? 'agreed' : 'declined', answered_at: null } : one,
  );
}

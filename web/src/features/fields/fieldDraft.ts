import type { FieldRow, NewField } from '@/api/types';

export type DraftChoice = { key: string; names: Names; isNew: boolean };
export type Names = { 'zh-CN': string; 'en-US': string };
export type FieldDraft = {
  key: string;
  names: Names;
  type: NewField['type'];
  required: boolean;
  active: boolean;
  section: string;
  target: string;
  choices: DraftChoice[];
};

/** Both names of something, empty where one is not given. */
export function namesOf(name: { [language: string]: unknown } | undefined): Names {
  const text = (language: string) => (typeof name?.[language] === 'string' ? name[language] : '');
  return { 'zh-CN': text('zh-CN'), 'en-US': text('en-US') };
}

/** The form of a field; a new one is a line of text. */
export function draftOf(field: FieldRow | null): FieldDraft {
  return {
    key: field?.key ?? '',
    names: namesOf(field?.name),
    type: (field?.type ?? 'text') as FieldDraft['type'],
    required: field?.required ?? false,
    active: field?.active ?? true,
    section: field?.section ?? '',
    target: field?.target ?? '',
    choices: (field?.choices ?? []).map((choice) => ({
      key: String(choice['key']),
      names: namesOf(choice['name'] as { [language: string]: string }),
      isNew: false,
    })),
  };
}

/** A key made of what was typed, which no other has. */
export function freeKey(names: Names, taken: Iterable<string>, kind: string): string {
  const known = new Set(taken);
  const plain = names['en-US']
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50);
  if (plain && !known.has(plain)) return plain;
  let count = 1;
  while (known.has(`${plain || kind}_${count}`)) count += 1;
  return `${plain || kind}_${count}`;
}

/** A name in both languages; one that is missing is said in the other. */
export function completeName(names: Names): Names {
  return { 'zh-CN': names['zh-CN'].trim() || names['en-US'].trim(), 'en-US': names['en-US'].trim() || names['zh-CN'].trim() };
}

export const withChoices = new Set(['choice', 'choices']);

/** Whether a draft says everything that its type needs. */
export function isReady(draft: FieldDraft): boolean {
  const isNamed = (names: Names) => Boolean(names['zh-CN'].trim() || names['en-US'].trim());
  if (!isNamed(draft.names)) return false;
  if (draft.type === 'record' && !draft.target) return false;
  if (!withChoices.has(draft.type)) return true;
  return draft.choices.length > 0 && draft.choices.every((choice) => isNamed(choice.names));
}

/** The choices as they are sent: new ones get keys that none of the others has; `when` of old ones stays. */
export function sentChoices(draft: FieldDraft, field: FieldRow | null): NonNullable<NewField['choices']> {
  const taken = new Set(draft.choices.filter((choice) => !choice.isNew).map((choice) => choice.key));
  return draft.choices.map((choice) => {
    const key = choice.isNew ? freeKey(choice.names, taken, 'option') : choice.key;
    taken.add(key);
    const before = field?.choices.find((one) => one['key'] === choice.key);
    return { key, name: completeName(choice.names), when: (before?.['when'] ?? {}) as { [field: string]: string[] } };
  });
}

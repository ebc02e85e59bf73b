import type { Choice, FieldMeta, SectionMeta, TypeMeta } from '@/api/types';

type Values = Record<string, unknown>;

function holds(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined ? [] : [String(value)];
}

/** The choices that other fields leave open; a choice without `when`, or whose other field is empty, is open. */
export function openChoices(field: FieldMeta, values: Values): Choice[] {
  return field.choices.filter((choice) =>
    Object.entries(choice.when ?? {}).every(
      ([key, allowed]) => isBlank(values[key]) || holds(values[key]).some((one) => allowed.includes(one)),
    ),
  );
}

/** What a new choice fills in elsewhere: only empty fields, never what a person typed. */
export function smartDefaults(field: FieldMeta, value: unknown, values: Values): Values {
  const given = typeof value === 'string' ? (field.defaults?.[value] ?? {}) : {};
  return Object.fromEntries(Object.entries(given).filter(([key]) => isBlank(values[key])));
}

/** Choices that no longer fit after a change are taken out again. */
export function withoutMisfits(fields: FieldMeta[], values: Values): Values {
  const next = { ...values };
  for (const field of fields) {
    if (field.type !== 'choice' || isBlank(next[field.key])) continue;
    const open = openChoices(field, next).some((choice) => choice.key === next[field.key]);
    if (!open) next[field.key] = null;
  }
  return next;
}

/** One change of one field with all that follows from it. */
export function changed(type: TypeMeta, values: Values, key: string, value: unknown): Values {
  const field = type.fields.find((one) => one.key === key);
  const next = { ...values, [key]: value };
  return withoutMisfits(type.fields, field ? { ...next, ...smartDefaults(field, value, next) } : next);
}

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Fields by section, in the order of the type's sections; those of no known section come last. */
export function sections(type: TypeMeta, fields: FieldMeta[]): { section: SectionMeta | null; fields: FieldMeta[] }[] {
  const known = type.sections.map((section) => ({ section, fields: fields.filter((field) => field.section === section.key) }));
  const rest = fields.filter((field) => !type.sections.some((section) => section.key === field.section));
  return [...known, { section: null, fields: rest }].filter((group) => group.fields.length > 0);
}

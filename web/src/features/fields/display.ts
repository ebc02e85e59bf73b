import type { FieldMeta, RecordItem } from '@/api/types';
import * as format from '@/ui/format';
import { nameIn } from '@/ui/names';
import { isBlank } from './rules';

/** A field's value as plain text, in the reader's language. */
export function fieldText(field: FieldMeta, record: RecordItem, language: string, words: { yes: string; no: string }): string {
  return valueText(field, record.values[field.key], language, words, record.labels[field.key], record.values['currency']);
}

/** A bare value as plain text; `label` is what the server calls a person or record.
 *
 * Conditions ask for one choice of a field that may hold many. */
export function valueText(
  field: FieldMeta,
  value: unknown,
  language: string,
  words: { yes: string; no: string },
  label?: string,
  currency?: unknown,
): string {
  if (isBlank(value)) return '';
  const choice = (key: unknown) => {
    const found = field.choices.find((one) => one.key === key);
    return found ? nameIn(found.name, language) : String(key);
  };
  switch (field.type) {
    case 'money':
      return format.money(value as string, typeof currency === 'string' && currency ? currency : 'CNY');
    case 'number':
      return format.number(Number(value));
    case 'date':
      return format.date(String(value));
    case 'datetime':
      return format.dateTime(String(value));
    case 'boolean':
      return value ? words.yes : words.no;
    case 'choice':
      return choice(value);
    case 'choices':
      return format.listed((Array.isArray(value) ? value : [value]).map(choice));
    case 'person':
    case 'record':
      return label ?? String(value);
    default:
      return String(value);
  }
}

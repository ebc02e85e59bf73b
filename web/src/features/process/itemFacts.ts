import type { TFunction } from 'i18next';
import type { FieldMeta, MissingItem } from '@/api/types';
import { valueText } from '@/features/fields/display';
import { nameIn } from '@/ui/names';

type Words = TFunction<'process'>;

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function plain(value: unknown, none: string): string {
  if (value === null || value === undefined || value === '') return none;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** One line that says how far an item is; empty where its name says it all. */
export function progressText(item: MissingItem, t: Words): string {
  switch (item.kind) {
    case 'document':
    case 'roles':
      return t('facts.haveOf', { actual: plain(item.actual, '0'), expected: plain(item.expected, '1') });
    case 'checklist':
      return t('facts.ticked', { done: list(item.actual).length, count: list(item.expected).length });
    default:
      return '';
  }
}

/** What was expected and what was found, in words; `fields` are those of `useFactFields`.
 *
 * Each row of a condition says for itself whether it can be told. */
export function factsOf(item: MissingItem, fields: FieldMeta[], t: Words, language: string): { expected: string; actual: string }[] {
  const yesNo = { yes: t('yes', { ns: 'ui' }), no: t('no', { ns: 'ui' }) };
  const none = t('why.nothing');
  switch (item.kind) {
    case 'checklist':
      return [{ expected: t('facts.all', { count: list(item.expected).length }), actual: progressText(item, t) }];
    case 'field':
      return [{ expected: t('why.filled'), actual: plain(item.actual, none) }];
    case 'condition':
      return item.rows.map((row) => {
        const field = fields.find((one) => one.key === row.field);
        const said = (value: unknown) => (field ? valueText(field, value, language, yesNo) : plain(value, none)) || none;
        const name = field ? nameIn(field.name, language) : row.field;
        const operator = t(`condition.operators.${row.operator}`, { ns: 'fields', defaultValue: row.operator });
        const wanted = Array.isArray(row.expected) ? row.expected.map(said).join(' / ') : said(row.expected);
        return { expected: `${name} ${operator} ${wanted}`, actual: row.verdict === 'unknown' ? t('why.unknown') : said(row.actual) };
      });
    default:
      return [{ expected: plain(item.expected, none), actual: plain(item.actual, '0') }];
  }
}

import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, Name } from '@/api/types';
import { nameIn } from '@/ui/names';
import type { Rule, RuleGroup } from './conditions';
import { valueText } from './display';

function ruleText(rule: Rule, operands: FieldMeta[], t: TFunction<'fields'>, language: string): string {
  const field = operands.find((one) => one.key === rule.field);
  const words = { yes: t('yes'), no: t('no') };
  const said = (value: unknown) => (field ? valueText(field, value, language, words) : String(value));
  const value = Array.isArray(rule.value) ? rule.value.map(said).join(' / ') : said(rule.value);
  const isBare = rule.operator === 'null' || rule.operator === 'notNull';
  return [field ? nameIn(field.name as Name, language) : rule.field, t(`condition.operators.${rule.operator}`, { defaultValue: rule.operator }), isBare ? '' : value]
    .filter(Boolean)
    .join(' ');
}

/** Gives a condition over these fields as one sentence. */
export function useConditionWords(operands: FieldMeta[]): (group: RuleGroup | null) => string {
  const { t, i18n } = useTranslation('fields');
  const language = i18n.language;
  return useCallback(
    (group: RuleGroup | null) => {
      const words = (one: RuleGroup): string =>
        one.rules.map((rule) => ('rules' in rule ? `(${words(rule)})` : ruleText(rule, operands, t, language))).join(t(one.combinator === 'or' ? 'condition.orWord' : 'condition.andWord'));
      return group ? words(group) : '';
    },
    [operands, t, language],
  );
}

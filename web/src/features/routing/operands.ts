import type { FieldMeta, RoutingCatalogue } from '@/api/types';
import { asField } from '@/features/fields/asField';
import type { CustomControls } from '@/features/fields/conditionControls';
import type { RuleGroup } from '@/features/fields/conditions';
import { DivisionPicker } from './DivisionPicker';

/** The facts of the catalogue as fields of the condition editor. */
export function operandsOf(catalogue: RoutingCatalogue): FieldMeta[] {
  return catalogue.facts.map(asField);
}

/** Facts with a control of their own: places are chosen from the administrative divisions. */
export function controlsOf(catalogue: RoutingCatalogue): CustomControls {
  return Object.fromEntries(catalogue.facts.filter((fact) => fact.is_place).map((fact) => [fact.key, DivisionPicker]));
}

/** The line with which a new branch begins: the industry where there is one, else the first choice. */
export function firstLine(catalogue: RoutingCatalogue): RuleGroup | null {
  const choices = catalogue.facts.filter((fact) => fact.type === 'choice' && fact.choices.length > 0);
  const fact = choices.find((one) => one.key === 'field.industry') ?? choices[0];
  return fact ? { combinator: 'and', rules: [{ field: fact.key, operator: '=', value: null }] } : null;
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurtureCatalogue } from '@/api/types';
import { useConditionWords } from '@/features/fields/conditionWords';
import { stripped, type RuleGroup } from '@/features/fields/conditions';
import { useName } from '@/ui/names';
import type { Definition, Step } from './definition';
import { useOperands } from './useOperands';
import { everyStep } from './steps';

/** What each step, the start and each reason to leave say, by their keys, while they are being written. */
export function useStepWords(definition: Definition, catalogue: NurtureCatalogue): ReadonlyMap<string, string> {
  const { t } = useTranslation('nurture');
  const name = useName();
  const operands = useOperands(catalogue, definition.steps);
  const condition = useConditionWords(operands);
  return useMemo(() => {
    const when = (group: RuleGroup | null) => (group ? condition(stripped(group)) : '');
    const verbs = (on: string[]) => on.map((key) => name(catalogue.verbs.find((verb) => verb.key === key)?.name) || key).join(' / ');
    const upon = (on: string[]) => t('says.upon', { verbs: verbs(on) });
    const joined = (...parts: string[]) => parts.filter(Boolean).join(t('says.and'));
    const said = (step: Step): string => {
      switch (step.kind) {
        case 'wait':
          return joined(
            step.amount > 0 ? t(`says.${step.basis}.${step.unit}`, { count: step.amount }) : '',
            step.until ? t('says.until', { at: step.until }) : '',
            step.until_working ? t('says.untilWorking') : '',
          );
        case 'branch':
          return when(step.when) || t('says.noCondition');
        case 'send':
          return name(catalogue.templates.find((template) => template.key === step.template)?.name) || t(step.template ? 'says.unpublished' : 'says.noTemplate');
        case 'score':
          return `${step.points > 0 ? '+' : ''}${step.points} · ${name(step.reason)}`;
        case 'hand_over':
          return step.to === 'role' ? name(catalogue.roles.find((role) => role.key === step.role)?.name) || t('says.noRole') : t(`handOver.tos.${step.to}`);
        default:
          return '';
      }
    };
    const { starts, leaves, steps } = definition;
    return new Map<string, string>([
      ['start', starts.on.length > 0 ? joined(upon(starts.on), when(starts.when)) : t('start.byHand')],
      ...leaves.map((leave): [string, string] => [`leave:${leave.key}`, joined(leave.on.length > 0 ? upon(leave.on) : '', when(leave.when))]),
      ...everyStep(steps).map((step): [string, string] => [step.key, said(step)]),
    ]);
  }, [definition, catalogue, condition, name, t]);
}

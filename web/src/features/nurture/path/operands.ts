import type { FieldMeta, NurtureCatalogue } from '@/api/types';
import { asField } from '@/features/fields/asField';
import type { Step } from './definition';
import { everyStep } from './steps';

type Fact = NurtureCatalogue['facts'][number];
const ways = ['opened', 'clicked'] as const;

/** Whether a certain message of the path was opened or followed, for every step that sends one. */
function factsOfSteps(steps: Step[], said: (asked: (typeof ways)[number], step: Step) => Fact['name']): Fact[] {
  const sending = everyStep(steps).filter((step) => step.kind === 'send');
  return ways.flatMap((one) => sending.map((step) => ({ key: `nurture.${one}:${step.key}`, name: said(one, step), type: 'boolean', operators: [], choices: [] })));
}

/** The facts of the catalogue, and of the path's own messages, as fields of the condition editor. */
export function operandsOf(catalogue: NurtureCatalogue, steps: Step[] = [], said: Parameters<typeof factsOfSteps>[1] = () => ({})): FieldMeta[] {
  return [...catalogue.facts, ...factsOfSteps(steps, said)].map(asField);
}

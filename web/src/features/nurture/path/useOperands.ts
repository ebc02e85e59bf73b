import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, NurtureCatalogue } from '@/api/types';
import type { Step } from './definition';
import { kindOf } from './newSteps';
import { operandsOf } from './operands';

const languages = ['zh-CN', 'en-US'] as const;

/** What conditions of a path may ask for: facts of the lead, and of every message that the path sends. */
export function useOperands(catalogue: NurtureCatalogue, steps: Step[]): FieldMeta[] {
  const { t } = useTranslation('nurture');
  return useMemo(
    () =>
      operandsOf(catalogue, steps, (asked, step) =>
        Object.fromEntries(languages.map((lng) => [lng, t(`branch.${asked}`, { lng, name: step.name?.[lng] || t(`kind.${kindOf(step)}`, { lng }) })])),
      ),
    [catalogue, steps, t],
  );
}

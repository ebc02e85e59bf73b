import type { NurtureReport } from '@/api/types';
import type { StepFigures } from './editing';

/** What each step says, by its key. */
export function wordsOf(sentences: { step: string; text: string }[] | undefined): ReadonlyMap<string, string> {
  return new Map((sentences ?? []).map((sentence) => [sentence.step, sentence.text]));
}

/** How each step went, by its key; before anybody started there is nothing to show. */
export function figuresOf(report: NurtureReport | undefined): ReadonlyMap<string, StepFigures> {
  if (!report || report.started === 0) return new Map();
  return new Map(report.steps.map((step) => [step.step, step]));
}

import type { FieldMeta, ScorecardCatalogue, TypeMeta } from '@/api/types';
import { asField } from '@/features/fields/asField';
import type { Definition } from './definition';

type Named = { 'zh-CN': string; 'en-US': string };

function plain(key: string, name: Named, type: string, choices: { key: string; name: Named }[] = []): FieldMeta {
  return asField({ key, name, type, choices });
}

/** The facts that rules may ask for; fields bring their choices with their names, stages theirs. */
export function factOperands(catalogue: ScorecardCatalogue, type: TypeMeta | undefined): FieldMeta[] {
  return catalogue.facts.map((fact) => {
    const own = type?.fields.find((field) => `field.${field.key}` === fact.key);
    const stages = fact.key === 'stage' ? (catalogue.stages as { key: string; name: Named }[]) : [];
    const choices = stages.length > 0 ? stages : fact.choices.map((key) => ({ key, name: { 'zh-CN': key, 'en-US': key } }));
    return { ...(own ?? plain(fact.key, fact.name as Named, fact.type, choices)), key: fact.key, name: fact.name };
  });
}

/** What grades may ask for besides: the score, and how often a behaviour rule counted. */
export function gradeOperands(catalogue: ScorecardCatalogue, type: TypeMeta | undefined, definition: Definition, words: { score: Named; count: Named }): FieldMeta[] {
  const counts = definition.behaviour.map((rule) =>
    plain(
      `${catalogue.score.prefix}${rule.key}`,
      { 'zh-CN': `${words.count['zh-CN']}${rule.name['zh-CN']}`, 'en-US': `${words.count['en-US']}${rule.name['en-US']}` },
      'number',
    ),
  );
  return [plain(catalogue.score.key, words.score, 'number'), ...counts, ...factOperands(catalogue, type)];
}

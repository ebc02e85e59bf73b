import { Button, Input, InputNumber } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScorecardCatalogue, TypeMeta } from '@/api/types';
import { noCondition, stripped, type RuleGroup } from '@/features/fields/conditions';
import { Sheet } from '@/ui/Sheet';
import { BehaviourFields } from './BehaviourFields';
import css from './Scoring.module.css';
import { completed, freshKey, replaced, type BehaviourRule, type Definition, type FactRule, type Grade, type Names, type Part } from './definition';
import { factOperands, gradeOperands } from './operands';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));
const languages = ['zh-CN', 'en-US'] as const;

type Props = {
  part: Part;
  place: number;
  definition: Definition;
  catalogue: ScorecardCatalogue;
  type: TypeMeta | undefined;
  onChange: (definition: Definition) => void;
  onClose: () => void;
};

type Draft = { key: string; name: Names; points: number; when: RuleGroup } & Omit<BehaviourRule, 'key' | 'name' | 'points'>;

function draftOf(definition: Definition, part: Part, place: number, kind: string): Draft {
  const given: Partial<Draft> = definition[part][place] ?? {};
  return { key: freshKey(definition, part), name: { 'zh-CN': '', 'en-US': '' }, points: 10, when: noCondition, kind, repeat: 'each', ...given };
}

/** The rule as it is kept: only what its part has. */
function ruleOf(draft: Draft, part: Part): FactRule | BehaviourRule | Grade {
  const { when, points, key, ...behaviour } = draft;
  const name = completed(draft.name);
  if (part === 'facts') return { key, name, points, when: stripped(when) };
  if (part === 'grades') return { key, name, when: stripped(when) };
  const given = Object.entries({ ...behaviour, name }).filter(([, value]) => value !== undefined && value !== null);
  return { key, points, ...Object.fromEntries(given) } as BehaviourRule;
}

/** One rule or grade in a form. */
export default function RuleSheet({ part, place, definition, catalogue, type, onChange, onClose }: Props) {
  const { t } = useTranslation('scoring');
  const [draft, setDraft] = useState<Draft>(() => draftOf(definition, part, place, catalogue.kinds[0]?.key ?? ''));
  const fields = useMemo(() => {
    const words = {
      score: { 'zh-CN': t('score', { lng: 'zh-CN' }), 'en-US': t('score', { lng: 'en-US' }) },
      count: { 'zh-CN': t('countOf', { lng: 'zh-CN' }), 'en-US': t('countOf', { lng: 'en-US' }) },
    };
    return part === 'grades' ? gradeOperands(catalogue, type, definition, words) : factOperands(catalogue, type);
  }, [part, catalogue, type, definition, t]);
  const isNamed = languages.some((language) => draft.name[language].trim() !== '');
  return (
    <Sheet
      title={t(place < definition[part].length ? `sheet.${part}` : `add.${part}`)}
      onClose={onClose}
      size={720}
      footer={
        <div className={css.actions}>
          <Button
            type="primary"
            disabled={!isNamed}
            onClick={() => {
              onChange({ ...definition, [part]: replaced<unknown>(definition[part], place, ruleOf(draft, part)) });
            }}
          >
            {t('confirm', { ns: 'ui' })}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        <div className={css.pairs}>
          {languages.map((language) => (
            <label key={language}>
              {t(`name.${language}`)}
              <Input
                maxLength={60}
                value={draft.name[language]}
                onChange={(event) => {
                  setDraft({ ...draft, name: { ...draft.name, [language]: event.target.value } });
                }}
              />
            </label>
          ))}
          {part !== 'grades' && (
            <label>
              {t('points')}
              <InputNumber controls={false}
                min={-1000}
                max={1000}
                style={{ width: '100%' }}
                value={draft.points}
                onChange={(value) => {
                  setDraft({ ...draft, points: value ?? 0 });
                }}
              />
            </label>
          )}
        </div>
        {part === 'behaviour' ? (
          <BehaviourFields
            rule={draft}
            catalogue={catalogue}
            onChange={(change) => {
              setDraft({ ...draft, ...change });
            }}
          />
        ) : (
          <Suspense fallback={null}>
            <ConditionBuilder
              label={t('condition')}
              fields={fields}
              query={draft.when}
              onChange={(when) => {
                setDraft((before) => ({ ...before, when }));
              }}
            />
          </Suspense>
        )}
      </div>
    </Sheet>
  );
}

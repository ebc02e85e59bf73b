import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { noCondition, ruleCount, stripped, type RuleGroup } from '@/features/fields/conditions';
import { useType } from '@/features/records/meta';
import { Sheet } from '@/ui/Sheet';
import { operandsOf } from './operands';
import css from './Policy.module.css';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));

type Props = { label: string; about: string; catalogue: PolicyCatalogue; value: unknown; onChange: (value: RuleGroup | undefined) => void };

/** The condition over the record's facts under which an event counts, or a step is taken. */
export function EventCondition({ label, about, catalogue, value, onChange }: Props) {
  const { t } = useTranslation('sla');
  const type = useType(about);
  const [draft, setDraft] = useState<RuleGroup | null>(null);
  const fields = useMemo(() => operandsOf(catalogue.facts, type), [catalogue.facts, type]);
  const given = (value ?? null) as RuleGroup | null;
  const count = ruleCount(given);
  if (fields.length === 0) return null;
  return (
    <>
      <Button type="link" size="small" onClick={() => { setDraft(given ?? noCondition); }}>
        {count > 0 ? t('policy.conditions', { count }) : t('policy.addCondition')}
      </Button>
      {draft && (
        <Sheet
          title={t('policy.conditionOf', { label })}
          onClose={() => { setDraft(null); }}
          size={720}
          footer={
            <div className={css.actions}>
              <Button
                type="primary"
                onClick={() => {
                  const kept = stripped(draft);
                  onChange(ruleCount(kept) > 0 ? kept : undefined);
                  setDraft(null);
                }}
              >
                {t('confirm', { ns: 'ui' })}
              </Button>
            </div>
          }
        >
          <Suspense fallback={null}>
            <ConditionBuilder label={label} fields={fields} query={draft} onChange={setDraft} />
          </Suspense>
        </Sheet>
      )}
    </>
  );
}

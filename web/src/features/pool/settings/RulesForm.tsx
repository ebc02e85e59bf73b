import { Checkbox } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolCatalogue } from '@/api/types';
import { noCondition, ruleCount } from '@/features/fields/conditions';
import { useType } from '@/features/records/meta';
import { operandsOf } from '@/features/sla/policy/operands';
import { ManyOf, Part, useNamed, WholeNumber } from './Fields';
import { ReasonRows } from './ReasonRows';
import { RecycleRows } from './RecycleRows';
import css from './Settings.module.css';
import type { Rules } from './definition';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));
type Props = { rules: Rules; recordType: string; catalogue: PoolCatalogue; onChange: (rules: Rules) => void };

/** Everything that a pool's rules say, part by part. */
export function RulesForm({ rules, recordType, catalogue, onChange }: Props) {
  const { t } = useTranslation('pool');
  const named = useNamed();
  const operands = operandsOf(catalogue.facts, useType(recordType));
  const put = (part: Partial<Rules>) => {
    onChange({ ...rules, ...part });
  };
  const { claim, spares, notice } = rules;
  return (
    <div className={css.parts}>
      <Part id="claiming" title={t('settings.claiming')}>
        <div className={css.columns}>
          <WholeNumber label={t('settings.perDay')} least={1} placeholder={t('settings.noLimit')} value={claim.per_day} onChange={(per_day) => { put({ claim: { ...claim, per_day } }); }} />
          <WholeNumber label={t('settings.held')} least={1} placeholder={t('settings.noLimit')} value={claim.held} onChange={(held) => { put({ claim: { ...claim, held } }); }} />
        </div>
        <ManyOf label={t('settings.roles')} value={claim.roles ?? []} options={named(catalogue.roles)} onChange={(roles) => { put({ claim: { ...claim, roles } }); }} />
        <ManyOf
          label={t('settings.units')}
          value={claim.units ?? []}
          options={catalogue.units.map((unit) => ({ key: unit.id, label: unit.name }))}
          onChange={(units) => { put({ claim: { ...claim, units } }); }}
        />
      </Part>
      <Part id="guard" title={t('settings.guard')}>
        <div className={css.columns}>
          <WholeNumber label={t('settings.protectedDays')} value={rules.protected_days} onChange={(days) => { put({ protected_days: days ?? 0 }); }} />
          <WholeNumber label={t('settings.lockedDays')} value={rules.locked_days} onChange={(days) => { put({ locked_days: days ?? 0 }); }} />
        </div>
        <ManyOf label={t('settings.shows')} value={rules.shows} options={named(catalogue.fields)} onChange={(shows) => { put({ shows }); }} />
        <ManyOf label={t('settings.masks')} value={rules.masks} options={named(catalogue.fields)} onChange={(masks) => { put({ masks }); }} />
      </Part>
      <Part id="recycling" title={t('settings.recycling')}>
        <RecycleRows rules={rules.recycle} catalogue={catalogue} onChange={(recycle) => { put({ recycle }); }} />
      </Part>
      <Part id="sparing" title={t('settings.sparing')}>
        <Checkbox checked={spares.waiting} onChange={(event) => { put({ spares: { ...spares, waiting: event.target.checked } }); }}>
          {t('settings.waiting')}
        </Checkbox>
        {catalogue.children.length > 0 && (
          <ManyOf label={t('settings.open')} value={spares.open} options={named(catalogue.children)} onChange={(open) => { put({ spares: { ...spares, open } }); }} />
        )}
        <span className={css.label}>{t('settings.sparesWhen')}</span>
        <Suspense fallback={null}>
          <ConditionBuilder
            label={t('settings.sparesWhen')}
            fields={operands}
            query={spares.when ?? noCondition}
            onChange={(when) => { put({ spares: { ...spares, when: ruleCount(when) > 0 ? when : null } }); }}
          />
        </Suspense>
      </Part>
      <Part id="notice" title={t('settings.notice')}>
        <div className={css.columns}>
          <WholeNumber label={t('settings.noticeDays')} value={notice.days} onChange={(days) => { put({ notice: { ...notice, days: days ?? 0 } }); }} />
          <ManyOf
            label={t('settings.noticeTo')}
            value={notice.to}
            options={catalogue.relations.map((key) => ({ key, label: t(`settings.relation.${key}`) }))}
            onChange={(to: string[]) => { put({ notice: { ...notice, to } }); }}
          />
        </div>
      </Part>
      <Part id="releasing" title={t('settings.releasing')}>
        <ReasonRows value={rules.release} onChange={(release) => { put({ release }); }} />
      </Part>
    </div>
  );
}

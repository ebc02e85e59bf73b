import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PoolCatalogue } from '@/api/types';
import { ManyOf, useNamed, WholeNumber } from './Fields';
import css from './Settings.module.css';
import { asKind, freshKey, type Recycle, type When } from './definition';

const kinds: When[] = ['quiet', 'untouched', 'stuck'];
type Props = { rules: Recycle[]; catalogue: PoolCatalogue; onChange: (rules: Recycle[]) => void };

/** What makes records come back: one card a rule. */
export function RecycleRows({ rules, catalogue, onChange }: Props) {
  const { t } = useTranslation('pool');
  const named = useNamed();
  const policy = catalogue.policies.find((one) => one.key === 'first_touch')?.key ?? catalogue.policies[0]?.key;
  const offered = kinds.filter((kind) => (kind === 'untouched' ? policy !== undefined : kind !== 'stuck' || catalogue.stages.length > 0));
  const put = (place: number, rule: Recycle) => {
    onChange(rules.map((one, index) => (index === place ? rule : one)));
  };
  const add = () => {
    onChange([...rules, { key: freshKey('rule', rules.map((rule) => rule.key)), when: 'quiet', days: 30 }]);
  };
  return (
    <>
      {rules.map((rule, place) => (
        <fieldset key={rule.key} className={css.rule}>
          <legend>{t('settings.ruleNumber', { number: place + 1 })}</legend>
          <div className={css.columns}>
            <div className={css.field}>
              <span>{t('settings.whenLabel')}</span>
              <Select<When>
                aria-label={t('settings.whenLabel')}
                value={rule.when}
                options={offered.map((kind) => ({ value: kind, label: t(`settings.when.${kind}`) }))}
                onChange={(when) => { put(place, asKind(rule, when, policy)); }}
              />
            </div>
            {rule.when === 'untouched' ? (
              <>
                <WholeNumber label={t('settings.times')} least={1} value={rule.times} onChange={(times) => { put(place, { ...rule, times: times ?? 1 }); }} />
                <div className={css.field}>
                  <span>{t('settings.policy')}</span>
                  <Select
                    aria-label={t('settings.policy')}
                    value={rule.policy}
                    options={named(catalogue.policies).map((one) => ({ value: one.key, label: one.label }))}
                    onChange={(next: string) => { put(place, { ...rule, policy: next }); }}
                  />
                </div>
              </>
            ) : (
              <WholeNumber label={t('settings.days')} least={1} value={rule.days} onChange={(days) => { put(place, { ...rule, days: days ?? 1 }); }} />
            )}
          </div>
          {catalogue.stages.length > 0 && (
            <ManyOf label={t('settings.stages')} value={rule.stages ?? []} options={named(catalogue.stages)} onChange={(stages) => { put(place, { ...rule, stages }); }} />
          )}
          <Button size="small" type="text" danger onClick={() => { onChange(rules.filter((_one, index) => index !== place)); }}>
            {t('settings.remove')}
          </Button>
        </fieldset>
      ))}
      <Button onClick={add}>{t('settings.addRule')}</Button>
    </>
  );
}

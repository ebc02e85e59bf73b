import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder, type Field, type RuleGroupType } from 'react-querybuilder';
import type { TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useName } from '@/ui/names';
import css from './FilterPanel.module.css';
import { ActionButton, Choose, ConditionValue, type Context } from './filterControls';
import { operatorsFor } from './operators';
import { parseFilter, ruleCount, type Rule, type RuleGroup } from './listState';

const empty: RuleGroupType = { combinator: 'and', rules: [] };

function stripped(group: RuleGroupType): RuleGroup {
  const rules = group.rules.flatMap<Rule | RuleGroup>((rule) => {
    if (typeof rule === 'string') return [];
    if ('rules' in rule) return [stripped(rule)];
    const blank = rule.operator !== 'null' && rule.operator !== 'notNull' && (rule.value === '' || rule.value === null);
    return blank ? [] : [{ field: rule.field, operator: rule.operator, value: rule.value as unknown }];
  });
  return { combinator: group.combinator === 'or' ? 'or' : 'and', ...(group.not ? { not: true } : {}), rules };
}

/** Builds conditions over a record type's fields; what is applied stands in the address bar. */
export default function FilterPanel({ type, filter, onClose }: { type: TypeMeta; filter: string; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const address = useAddress();
  const [query, setQuery] = useState<RuleGroupType>(() => (parseFilter(filter) as RuleGroupType | null) ?? empty);
  const fields = useMemo<Field[]>(() => {
    const own = [...type.fields.filter((field) => field.filterable), ...type.filters]
      .map((field) => ({
        name: field.key,
        value: field.key,
        label: name(field.name),
        operators: operatorsFor(field.type).map((key) => ({ name: key, value: key, label: t(`filter.operators.${key}`) })),
      }));
    return own;
  }, [type, name, t]);
  const context: Context = { type };
  const apply = () => {
    const clean = stripped(query);
    address.set({ filter: ruleCount(clean) > 0 ? JSON.stringify(clean) : null });
    onClose();
  };
  return (
    <section className={css.panel} aria-label={t('filter.title')}>
      <QueryBuilder
        fields={fields}
        query={query}
        onQueryChange={setQuery}
        context={context}
        combinators={[
          { name: 'and', value: 'and', label: t('filter.and') },
          { name: 'or', value: 'or', label: t('filter.or') },
        ]}
        controlElements={{
          fieldSelector: Choose,
          operatorSelector: Choose,
          combinatorSelector: Choose,
          valueEditor: ConditionValue,
          actionElement: ActionButton,
        }}
        translations={{
          addRule: { label: t('filter.addRule'), title: t('filter.addRule') },
          addGroup: { label: t('filter.addGroup'), title: t('filter.addGroup') },
          removeRule: { label: <CloseOutlined />, title: t('filter.removeRule') },
          removeGroup: { label: <CloseOutlined />, title: t('filter.removeGroup') },
          fields: { title: t('filter.field') },
          operators: { title: t('filter.operator') },
          combinators: { title: t('filter.combinator') },
          value: { title: t('filter.value') },
        }}
        accessibleDescriptionGenerator={() => t('filter.title')}
        resetOnFieldChange
        addRuleToNewGroups
      />
      <div className={css.actions}>
        <Button type="primary" onClick={apply}>
          {t('filter.apply')}
        </Button>
        <Button
          onClick={() => {
            setQuery(empty);
            address.set({ filter: null });
          }}
        >
          {t('reset', { ns: 'ui' })}
        </Button>
        <Button type="text" onClick={onClose}>
          {t('close', { ns: 'ui' })}
        </Button>
      </div>
    </section>
  );
}

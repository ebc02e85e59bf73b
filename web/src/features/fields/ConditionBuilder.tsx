import { CloseOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder, type Field, type RuleGroupType } from 'react-querybuilder';
import type { FieldMeta } from '@/api/types';
import { useName } from '@/ui/names';
import css from './ConditionBuilder.module.css';
import { ActionButton, Choose, ConditionValue, type Context, type CustomControls } from './conditionControls';
import type { RuleGroup } from './conditions';
import { operatorsFor } from './operators';

type Props = { label: string; fields: FieldMeta[]; custom?: CustomControls; query: RuleGroup; onChange: (query: RuleGroup) => void };

/** Conditions over fields, in groups of all or any; what is chosen is the form that the server keeps. */
export default function ConditionBuilder({ label, fields, custom = {}, query, onChange }: Props) {
  const { t } = useTranslation('fields');
  const name = useName();
  const operands = useMemo<Field[]>(
    () =>
      fields.map((field) => ({
        name: field.key,
        value: field.key,
        label: name(field.name),
        operators: operatorsFor(field.type).map((key) => ({ name: key, value: key, label: t(`condition.operators.${key}`) })),
      })),
    [fields, name, t],
  );
  const context: Context = { fields, custom };
  return (
    <div className={css.builder}>
      <QueryBuilder
        fields={operands}
        query={query as RuleGroupType}
        onQueryChange={(next) => {
          onChange(next as RuleGroup);
        }}
        context={context}
        combinators={[
          { name: 'and', value: 'and', label: t('condition.and') },
          { name: 'or', value: 'or', label: t('condition.or') },
        ]}
        controlElements={{
          fieldSelector: Choose,
          operatorSelector: Choose,
          combinatorSelector: Choose,
          valueEditor: ConditionValue,
          actionElement: ActionButton,
        }}
        translations={{
          addRule: { label: t('condition.addRule'), title: t('condition.addRule') },
          addGroup: { label: t('condition.addGroup'), title: t('condition.addGroup') },
          removeRule: { label: <CloseOutlined />, title: t('condition.removeRule') },
          removeGroup: { label: <CloseOutlined />, title: t('condition.removeGroup') },
          fields: { title: t('condition.field') },
          operators: { title: t('condition.operator') },
          combinators: { title: t('condition.combinator') },
          value: { title: t('condition.value') },
        }}
        accessibleDescriptionGenerator={() => label}
        resetOnFieldChange
        addRuleToNewGroups
      />
    </div>
  );
}

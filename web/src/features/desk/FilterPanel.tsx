import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, TypeMeta } from '@/api/types';
import ConditionBuilder from '@/features/fields/ConditionBuilder';
import { noCondition, ruleCount, stripped, type RuleGroup } from '@/features/fields/conditions';
import { useAddress } from '@/features/records/address';
import css from './FilterPanel.module.css';
import { parseFilter } from './listState';

/** Builds conditions over a record type's fields; what is applied stands in the address bar. */
export default function FilterPanel({ type, filter, onClose }: { type: TypeMeta; filter: string; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const address = useAddress();
  const [query, setQuery] = useState<RuleGroup>(() => parseFilter(filter) ?? noCondition);
  const fields = useMemo<FieldMeta[]>(() => [...type.fields.filter((field) => field.filterable), ...type.filters], [type]);
  const apply = () => {
    const clean = stripped(query);
    address.set({ filter: ruleCount(clean) > 0 ? JSON.stringify(clean) : null });
    onClose();
  };
  return (
    <section className={css.panel} aria-label={t('filter.title')}>
      <ConditionBuilder label={t('filter.title')} fields={fields} query={query} onChange={setQuery} />
      <div className={css.actions}>
        <Button type="primary" onClick={apply}>
          {t('filter.apply')}
        </Button>
        <Button
          onClick={() => {
            setQuery(noCondition);
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

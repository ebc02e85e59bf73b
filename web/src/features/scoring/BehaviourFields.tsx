import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScorecardCatalogue } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Scoring.module.css';
import { periods, rowsOf, tests, whereOf, type BehaviourRule, type FilterRow, type Repeat } from './definition';

type Fields = Pick<BehaviourRule, 'kind' | 'where' | 'repeat' | 'half_life_days' | 'cap' | 'within_days'>;
type Props = { rule: Fields; catalogue: ScorecardCatalogue; onChange: (change: Partial<Fields>) => void };

function Filters({ rule, catalogue, onChange }: Props) {
  const { t } = useTranslation('scoring');
  const [rows, setRows] = useState<FilterRow[]>(() => rowsOf(rule.where));
  const keys = catalogue.kinds.find((kind) => kind.key === rule.kind)?.data ?? [];
  const set = (next: FilterRow[]) => {
    setRows(next);
    onChange({ where: whereOf(next) });
  };
  const change = (place: number, part: Partial<FilterRow>) => {
    set(rows.map((row, index) => (index === place ? { ...row, ...part } : row)));
  };
  return (
    <div className={css.filters}>
      {rows.map((row, place) => (
        <div key={place} className={css.filter}>
          <Select
            aria-label={t('filter.key', { place: place + 1 })}
            value={row.key}
            options={[...new Set([...keys, row.key])].map((key) => ({ value: key, label: t(`data.${key}`, { defaultValue: key }) }))}
            onChange={(key) => { change(place, { key }); }}
          />
          <Select
            aria-label={t('filter.test', { place: place + 1 })}
            value={row.test}
            options={tests.map((test) => ({ value: test, label: t(`filter.tests.${test}`) }))}
            onChange={(test) => { change(place, { test }); }}
          />
          <Input aria-label={t('filter.value', { place: place + 1 })} value={row.value} maxLength={200} onChange={(event) => { change(place, { value: event.target.value }); }} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('filter.remove', { place: place + 1 })} onClick={() => { set(rows.filter((_row, index) => index !== place)); }} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => { set([...rows, { key: keys[0] ?? 'topic', test: 'is', value: '' }]); }}>
        {t('filter.add')}
      </Button>
    </div>
  );
}

function RepeatFields({ value, onChange }: { value: Repeat; onChange: (value: Repeat) => void }) {
  const { t } = useTranslation('scoring');
  const limit = typeof value === 'object' ? value : null;
  const chosen = typeof value === 'object' ? 'at_most' : value;
  return (
    <div className="row">
      <Select
        aria-label={t('repeat.title')}
        value={chosen}
        options={(['each', 'once', 'at_most'] as const).map((key) => ({ value: key, label: t(`repeat.${key}`) }))}
        onChange={(key) => { onChange(key === 'at_most' ? { at_most: 1, per: 'day' } : (key as 'each' | 'once')); }}
      />
      {limit && (
        <>
          <InputNumber controls={false} aria-label={t('repeat.times')} min={1} max={1000} precision={0} value={limit.at_most} onChange={(most) => { onChange({ ...limit, at_most: most ?? 1 }); }} />
          <Select aria-label={t('repeat.per')} value={limit.per} options={periods.map((key) => ({ value: key, label: t(`repeat.periods.${key}`) }))} onChange={(per) => { onChange({ ...limit, per }); }} />
        </>
      )}
    </div>
  );
}

/** What somebody does, how often it counts, how it fades. */
export function BehaviourFields({ rule, catalogue, onChange }: Props) {
  const { t } = useTranslation('scoring');
  const name = useName();
  return (
    <div className={css.form}>
      <label className={css.field}>
        {t('kind')}
        <Select
          aria-label={t('kind')}
          value={rule.kind}
          options={catalogue.kinds.map((kind) => ({ value: kind.key, label: name(kind.name) }))}
          onChange={(kind) => { onChange({ kind }); }}
        />
      </label>
      <div className={css.field}>
        {t('filter.title')}
        <Filters key={rule.kind} rule={rule} catalogue={catalogue} onChange={onChange} />
      </div>
      <div className={css.field}>
        {t('repeat.title')}
        <RepeatFields value={rule.repeat ?? 'each'} onChange={(repeat) => { onChange({ repeat }); }} />
      </div>
      <div className={css.pairs}>
        {(['half_life_days', 'cap', 'within_days'] as const).map((key) => (
          <label key={key}>
            {t(`fields.${key}`)}
            <InputNumber controls={false}
              style={{ width: '100%' }}
              min={key === 'cap' ? 0 : key === 'within_days' ? 1 : 0.1}
              placeholder={t(`none_of.${key}`)}
              value={rule[key] ?? null}
              onChange={(value) => { onChange({ [key]: value }); }}
            />
          </label>
        ))}
      </div>
    </div>
  );
}

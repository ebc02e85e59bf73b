import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ColumnPlan, ColumnSeen, Import, TypeMeta } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import { fieldOf } from '@/features/records/meta';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import css from './Imports.module.css';
import { useChangeImport } from './imports';
import { fieldKey, orgTargets, specialTargets, withColumn } from './targets';

const newField = '+new';

type RowProps = {
  place: number;
  column: ColumnPlan;
  seen?: ColumnSeen;
  type?: TypeMeta;
  empties: string[];
  onChange: (change: Partial<ColumnPlan>) => void;
  onEmpties: (empties: string[]) => void;
};

function ColumnRow({ place, column, seen, type, empties, onChange, onEmpties }: RowProps) {
  const { t } = useTranslation('transfer');
  const name = useName();
  const mayMake = useAllowed('fields.manage');
  const clearing = useClearing();
  const field = column.target ? fieldOf(type, column.target) : undefined;
  const special = type ? specialTargets.filter((key) => type.has_process || !['@stage', '@entered_at', '@outcome_reason'].includes(key)) : orgTargets;
  const options = [
    ...(type
      ? [{ label: t('groupFields'), options: type.fields.filter((one) => one.access === 'edit').map((one) => ({ value: one.key, label: name(one.name) + (one.required ? ' *' : '') })) }]
      : []),
    { label: t('groupSpecial'), options: special.map((key) => ({ value: key as string, label: t(`targets.${key.slice(1)}`) })) },
    ...(type && mayMake ? [{ label: t('groupNew'), options: [{ value: newField, label: t('newField', { name: column.column }) }] }] : []),
  ];
  const choose = (target: string | undefined) => {
    if (target === newField) {
      const key = fieldKey(column.column, place);
      onChange({ target: key, new_field: { key, name: { 'zh-CN': column.column, 'en-US': column.column }, type: 'text' } });
    } else onChange({ target: target ?? null, new_field: null });
  };
  return (
    <tr>
      <th scope="row">
        {column.column}
        <div className={css.samples}>{seen?.samples.slice(0, 3).join(' · ')}</div>
      </th>
      <td>
        <Select
          aria-label={t('takenFor', { column: column.column })}
          style={{ width: '100%' }}
          allowClear={clearing}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('leftOut')}
          value={column.new_field ? newField : (column.target ?? undefined)}
          options={options}
          onChange={choose}
        />
      </td>
      <td>
        <div className={css.extras}>
        {(field?.type === 'choice' || field?.type === 'choices') && (
          <Select
            size="small"
            aria-label={t('unmatched', { column: column.column })}
            value={column.unmatched}
            onChange={(unmatched) => {
              onChange({ unmatched });
            }}
            options={(['refuse', 'add', 'empty'] as const).map((key) => ({ value: key, label: t(`unmatchedWays.${key}`) }))}
          />
        )}
        {field?.type === 'record' && (
          <Checkbox
            checked={column.create_missing !== null && column.create_missing !== undefined}
            onChange={(event) => {
              onChange({ create_missing: event.target.checked ? {} : null });
            }}
          >
            {t('createMissing')}
          </Checkbox>
        )}
        {(seen?.placeholders ?? []).map((text) => (
          <Checkbox
            key={text}
            checked={empties.includes(text)}
            onChange={(event) => {
              onEmpties(event.target.checked ? [...empties, text] : empties.filter((one) => one !== text));
            }}
          >
            {t('countsAsEmpty', { text })}
          </Checkbox>
        ))}
        {(field?.type === 'date' || field?.type === 'datetime' || column.target === '@entered_at' || column.target === '@created_at') && (
          <Select
            size="small"
            aria-label={t('dateOrder', { column: column.column })}
            value={column.date_order}
            onChange={(date_order) => {
              onChange({ date_order });
            }}
            options={(['', 'mdy', 'dmy'] as const).map((key) => ({ value: key, label: t(`dateOrders.${key || 'ymd'}`) }))}
          />
        )}
        </div>
      </td>
    </tr>
  );
}

/** What each column becomes; proposals come from the names and from the last time. */
export function MappingTable({ job, type, seen }: { job: Import; type?: TypeMeta; seen: ColumnSeen[] }) {
  const { t } = useTranslation('transfer');
  const change = useChangeImport(job.id);
  return (
    <div className={css.scroll}>
      <table className={css.mapping}>
        <thead>
          <tr>
            <th scope="col">{t('column')}</th>
            <th scope="col">{t('target')}</th>
            <th scope="col">{t('treatment')}</th>
          </tr>
        </thead>
        <tbody>
          {(job.mapping.columns ?? []).map((column, place) => (
            <ColumnRow
              key={column.column}
              place={place}
              column={column}
              type={type}
              seen={seen.find((one) => one.name === column.column)}
              empties={job.mapping.empties ?? []}
              onChange={(members) => {
                change.mutate({ mapping: withColumn(job.mapping, column.column, members) });
              }}
              onEmpties={(empties) => {
                change.mutate({ mapping: { ...job.mapping, empties } });
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

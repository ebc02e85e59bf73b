import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import css from './Policy.module.css';
import { asCount, units, withCount, type Duration, type Unit } from './definition';

type Props<T> = { label: string; value: T; onChange: (value: T) => void };

/** A length of time as a number and its unit. */
export function DurationInput<T extends Duration>({ label, value, onChange }: Props<T>) {
  const { t } = useTranslation('sla');
  const { count, unit } = asCount(value);
  return (
    <span className={css.duration}>
      <InputNumber
        aria-label={label}
        min={0}
        controls={false}
        max={9999}
        value={count}
        onChange={(next) => {
          onChange(withCount(value, next ?? 0, unit));
        }}
      />
      <Select<Unit>
        aria-label={t('policy.unitOf', { label })}
        value={unit}
        options={units.map((key) => ({ value: key, label: t(`policy.unit.${key}`) }))}
        onChange={(next) => {
          onChange(withCount(value, count, next));
        }}
      />
    </span>
  );
}

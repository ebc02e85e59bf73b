import { InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { Name } from '@/api/types';
import { useName } from '@/ui/names';
import css from './Settings.module.css';

type Many<K> = { label: string; value: K[]; options: { key: K; label: string }[]; onChange: (value: K[]) => void };

/** Several of some choices. */
export function ManyOf<K extends string | number>({ label, value, options, onChange }: Many<K>) {
  return (
    <div className={css.field}>
      <span>{label}</span>
      <Select<K[]>
        mode="multiple"
        aria-label={label}
        value={value}
        showSearch={{ optionFilterProp: 'label' }}
        options={options.map((one) => ({ value: one.key, label: one.label }))}
        onChange={onChange}
      />
    </div>
  );
}

/** Gives choices with the names that they have in the reader's language. */
export function useNamed(): (given: { key: string; name: Name }[]) => { key: string; label: string }[] {
  const name = useName();
  return (given) => given.map((one) => ({ key: one.key, label: name(one.name) }));
}

type Whole = { label: string; value: number | null | undefined; least?: number; placeholder?: string; onChange: (value: number | null) => void };

/** A whole number, or none. */
export function WholeNumber({ label, value, least = 0, placeholder, onChange }: Whole) {
  return (
    <div className={css.field}>
      <span>{label}</span>
      <InputNumber<number> controls={false} aria-label={label} min={least} max={100000} precision={0} value={value ?? null} placeholder={placeholder} onChange={onChange} style={{ width: '100%' }} />
    </div>
  );
}

export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={css.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

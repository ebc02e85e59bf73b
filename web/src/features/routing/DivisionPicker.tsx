import { Select } from 'antd';
import { useState } from 'react';
import type { CustomInput } from '@/features/fields/conditionControls';
import { useRested } from '@/ui/rested';
import { useDivisions } from './routing';

/** Chooses administrative divisions: provinces, or whatever is typed. */
export function DivisionPicker({ label, value, many, onChange }: CustomInput) {
  const codes = (Array.isArray(value) ? value : value ? [value] : []).map(String);
  const [text, setText] = useState('');
  const found = useDivisions(useRested(text.trim()), codes);
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      style={{ minWidth: 200, width: '100%' }}
      value={codes}
      maxCount={many ? undefined : 1}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={found.map((one) => ({ value: one.code, label: one.full_name }))}
      onChange={(next) => {
        onChange(many ? next : (next[0] ?? null));
      }}
    />
  );
}

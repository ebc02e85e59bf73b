import { DatePicker, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { FieldMeta } from '@/api/types';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import { RecordPicker } from './RecordPicker';
import { openChoices } from './rules';

export type FieldInputProps = {
  field: FieldMeta;
  value: unknown;
  onChange: (value: unknown) => void;
  values?: Record<string, unknown>;
  label?: string;
  id?: string;
  shown?: string;
  autoFocus?: boolean;
  status?: 'error' | '';
  onBlur?: () => void;
  disabled?: boolean;
};

const full = { width: '100%' };

function grouped(text: string): string {
  const [whole = '', ...rest] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

function textOr<T>(value: unknown, other: T): string | T {
  return typeof value === 'string' ? value : other;
}

/** The control for one field, chosen by its type. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, values = {}, label, id, shown, autoFocus, status, onBlur, disabled } = props;
  const { t } = useTranslation('fields');
  const name = useName();
  const clearing = useClearing(!field.required);
  const common = { id, 'aria-label': label, autoFocus, status, onBlur, disabled };
  switch (field.type) {
    case 'long_text':
      return (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={textOr(value, '')}
          count={field.max_length ? { max: field.max_length, show: true, strategy: (text) => [...text].length } : undefined}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
    case 'number':
    case 'money':
      return (
        <InputNumber<string>
          {...common}
          style={full}
          stringMode
          controls={false}
          precision={field.type === 'money' ? 2 : undefined}
          min={field.type === 'money' ? '0' : undefined}
          value={value === null || value === undefined ? null : String(value)}
          formatter={(text) => grouped(text ?? '')}
          parser={(text) => (text ?? '').replaceAll(',', '').trim()}
          onChange={(next) => {
            onChange(next === null || next === '' ? null : field.type === 'number' ? Number(next) : String(next));
          }}
        />
      );
    case 'date':
    case 'datetime':
      return (
        <DatePicker
          {...common}
          style={full}
          showTime={field.type === 'datetime' ? { format: 'HH:mm' } : false}
          value={typeof value === 'string' && value ? dayjs(value) : null}
          onChange={(next) => {
            onChange(next ? (field.type === 'date' ? next.format('YYYY-MM-DD') : next.toISOString()) : null);
          }}
        />
      );
    case 'boolean':
      return (
        <Switch id={id} aria-label={label} disabled={disabled} checked={value === true} onChange={onChange} />
      );
    case 'choice':
    case 'choices': {
      const many = field.type === 'choices';
      return (
        <Select
          {...common}
          style={full}
          mode={many ? 'multiple' : undefined}
          allowClear={clearing}
          showSearch={field.choices.length > 8 ? { optionFilterProp: 'label' } : false}
          placeholder={t('choose')}
          value={(many ? (Array.isArray(value) ? value : []) : (value ?? undefined)) as string | undefined}
          options={openChoices(field, values).map((choice) => ({ value: choice.key, label: name(choice.name) }))}
          onChange={(next: unknown) => {
            onChange(next ?? null);
          }}
        />
      );
    }
    case 'person':
      return (
        <PersonPicker
          id={id}
          label={label ?? ''}
          autoFocus={autoFocus}
          value={typeof value === 'number' ? value : null}
          known={typeof value === 'number' && shown ? { id: value, name: shown } : null}
          onChange={(next) => {
            onChange(next);
          }}
        />
      );
    case 'record':
      return (
        <RecordPicker
          id={id}
          label={label ?? ''}
          autoFocus={autoFocus}
          type={field.record_type ?? ''}
          value={typeof value === 'number' ? value : null}
          shown={shown}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          {...common}
          type={field.type === 'phone' ? 'tel' : field.type === 'email' ? 'email' : 'text'}
          value={textOr(value, '')}
          maxLength={field.max_length ?? undefined}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
  }
}

import { Button, Select } from 'antd';
import type { ComponentType } from 'react';
import type { ActionProps, FullOption, ValueEditorProps, VersatileSelectorProps } from 'react-querybuilder';
import type { FieldMeta } from '@/api/types';
import { FieldInput } from './FieldInput';
import { shapeOf } from './operators';

export type CustomInput = { label?: string; value: unknown; many: boolean; onChange: (value: unknown) => void };
/** Controls of their own for some fields, by key. */
export type CustomControls = Record<string, ComponentType<CustomInput>>;
export type Context = { fields: FieldMeta[]; custom: CustomControls };

/** Any selector of the builder. */
export function Choose({ value, options, handleOnChange, title }: VersatileSelectorProps) {
  return (
    <Select
      aria-label={title}
      value={value}
      showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
      style={{ minWidth: 110 }}
      options={(options as FullOption[]).map((option) => ({ value: option.value, label: option.label }))}
      onChange={(next: string) => {
        handleOnChange(next);
      }}
    />
  );
}

/** Any button of the builder. */
export function ActionButton({ handleOnClick, label, title }: ActionProps) {
  return (
    <Button size="small" type="text" aria-label={title} onClick={handleOnClick}>
      {label}
    </Button>
  );
}

function single(field: FieldMeta, many: boolean): FieldMeta {
  if (field.type === 'choices' && !many) return { ...field, type: 'choice', required: true };
  if (field.type === 'choice' && many) return { ...field, type: 'choices', required: false };
  if (field.type === 'long_text') return { ...field, type: 'text' };
  return { ...field, choices: field.choices.map((choice) => ({ ...choice, when: null })) };
}

/** The value of one condition, with the field's own control. */
export function ConditionValue({ field, operator, value, handleOnChange, title, context }: ValueEditorProps) {
  const meta = (context as Context).fields.find((one) => one.key === field);
  const shape = shapeOf(operator);
  if (!meta || shape === 'nothing') return null;
  if (shape === 'pair') {
    const pair = (Array.isArray(value) ? value : [null, null]) as unknown[];
    return (
      <span className="row">
        {[0, 1].map((index) => (
          <FieldInput
            key={index}
            field={single(meta, false)}
            label={`${title ?? ''} ${index + 1}`}
            value={pair[index]}
            onChange={(next) => {
              handleOnChange(index === 0 ? [next, pair[1]] : [pair[0], next]);
            }}
          />
        ))}
      </span>
    );
  }
  const many = shape === 'many';
  const Own = (context as Context).custom[field];
  if (Own) return <Own label={title} value={value} many={many} onChange={handleOnChange} />;
  const asList = many && (meta.type === 'choice' || meta.type === 'choices');
  return (
    <span style={{ minWidth: 200 }}>
      <FieldInput
        field={single(meta, asList)}
        label={title}
        value={many && !asList && Array.isArray(value) ? value[0] : value}
        onChange={(next) => {
          handleOnChange(many && !asList ? [next] : next);
        }}
      />
    </span>
  );
}

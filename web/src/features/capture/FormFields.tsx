import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import { DndContext, PointerSensor, useDraggable, useDroppable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { Button, Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormField, OfferedField } from '@/api/types';
import { useName } from '@/ui/names';
import css from './capture.module.css';
import { moved } from './order';

type Props = { fields: FormField[]; offered: OfferedField[]; onChange: (fields: FormField[]) => void };

/** The form's fields in their order: dragged, or moved by the buttons. */
export function FormFields({ fields, offered, onChange }: Props) {
  const { t } = useTranslation('capture');
  const name = useName();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const left = offered.filter((one) => !fields.some((field) => field.key === one.key));
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const keys = fields.map((field) => field.key);
    onChange(moved(fields, keys.indexOf(String(active.id)), keys.indexOf(String(over.id))));
  };
  return (
    <DndContext sensors={sensors} onDragEnd={drop}>
      <div className={css.rows} role="list" aria-label={t('form.fields')}>
        {fields.map((field, place) => (
          <Row
            key={field.key}
            field={field}
            label={name(offered.find((one) => one.key === field.key)?.name) || field.key}
            isFirst={place === 0}
            isLast={place === fields.length - 1}
            onMove={(by) => { onChange(moved(fields, place, place + by)); }}
            onRequire={(required) => { onChange(fields.map((one) => (one.key === field.key ? { ...one, required } : one))); }}
            onRemove={() => { onChange(fields.filter((one) => one.key !== field.key)); }}
          />
        ))}
      </div>
      <Select
        aria-label={t('form.addField')}
        placeholder={t('form.addField')}
        value={null}
        disabled={left.length === 0}
        options={left.map((one) => ({ value: one.key, label: name(one.name) }))}
        onChange={(key: string | null) => { if (key) onChange([...fields, { key, required: false }]); }}
      />
    </DndContext>
  );
}

type RowProps = { field: FormField; label: string; isFirst: boolean; isLast: boolean; onMove: (by: number) => void; onRequire: (required: boolean) => void; onRemove: () => void };

function Row({ field, label, isFirst, isLast, onMove, onRequire, onRemove }: RowProps) {
  const { t } = useTranslation('capture');
  const drag = useDraggable({ id: field.key });
  const drop = useDroppable({ id: field.key });
  return (
    <div
      ref={(node) => {
        drop.setNodeRef(node);
        drag.setNodeRef(node);
      }}
      role="listitem"
      className={css.fieldRow}
      data-over={(drop.isOver && !drag.isDragging) || undefined}
      data-drag={drag.isDragging || undefined}
      style={drag.transform ? { transform: `translateY(${drag.transform.y}px)`, zIndex: 2 } : undefined}
    >
      <span className={css.handle} title={t('form.drag', { name: label })} {...drag.listeners}>
        <HolderOutlined />
      </span>
      <span>{label}</span>
      <Checkbox checked={field.required ?? false} onChange={(event) => { onRequire(event.target.checked); }} aria-label={t('form.requires', { name: label })}>
        {t('required', { ns: 'ui' })}
      </Checkbox>
      <span className={css.moves}>
        <Button type="text" size="small" disabled={isFirst} icon={<ArrowUpOutlined />} aria-label={t('form.up', { name: label })} onClick={() => { onMove(-1); }} />
        <Button type="text" size="small" disabled={isLast} icon={<ArrowDownOutlined />} aria-label={t('form.down', { name: label })} onClick={() => { onMove(1); }} />
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('form.remove', { name: label })} onClick={onRemove} />
      </span>
    </div>
  );
}

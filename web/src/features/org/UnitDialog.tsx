import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Unit } from '@/api/types';
import { PersonPicker } from './PersonPicker';
import { useClearing } from '@/ui/clearing';
import css from './admin.module.css';
import { useSaveUnit } from './admin';
import { treeOptions } from './tree';

/** Name, place in the tree, code and head of one unit. */
export default function UnitDialog({ unit, parent, units, onClose }: { unit: Unit | null; parent: number | null; units: Unit[]; onClose: () => void }) {
  const { t } = useTranslation('org');
  const clearing = useClearing();
  const save = useSaveUnit();
  const [form, setForm] = useState({ name: unit?.name ?? '', parent_id: parent, code: unit?.code ?? '', head_id: unit?.head?.id ?? null });
  const problem = problemOf(save.error);
  return (
    <Modal
      open
      title={unit ? unit.name : t('units.add')}
      okText={t('save', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !form.name.trim() }}
      confirmLoading={save.isPending}
      onOk={() => {
        save.mutate({ unit, form }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      width={440}
    >
      <div className={css.form}>
        <label>
          {t('units.name')}
          <Input autoFocus value={form.name} onChange={(event) => { setForm({ ...form, name: event.target.value }); }} />
        </label>
        <div data-field="true">
          {t('units.parent')}
          <Select
            aria-label={t('units.parent')}
            allowClear={clearing}
            value={form.parent_id ?? undefined}
            options={treeOptions(units.filter((one) => one.id !== unit?.id))}
            onChange={(parent_id: number | undefined) => { setForm({ ...form, parent_id: parent_id ?? null }); }}
          />
        </div>
        <label>
          {t('units.code')}
          <Input value={form.code} onChange={(event) => { setForm({ ...form, code: event.target.value }); }} />
        </label>
        <div data-field="true">
          {t('units.head')}
          <PersonPicker label={t('units.head')} value={form.head_id} known={unit?.head} onChange={(head_id) => { setForm({ ...form, head_id }); }} />
        </div>
        {problem && <p className={css.bad} role="alert">{problem.message}</p>}
      </div>
    </Modal>
  );
}

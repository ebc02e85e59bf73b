import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select, Switch } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMeta, NurtureCatalogue } from '@/api/types';
import { noCondition, type RuleGroup } from '@/features/fields/conditions';
import { NamePair } from '@/features/nurture/NamePair';
import css from '@/features/nurture/Nurture.module.css';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import type { Definition, Leave, Starts } from './definition';
import { newLeave } from './newSteps';
import { useOperands } from './useOperands';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));
const A_QUARTER = 90;

function When({ label, fields, when, onChange }: { label: string; fields: FieldMeta[]; when: RuleGroup | null; onChange: (when: RuleGroup) => void }) {
  return (
    <div className={css.field} role="group" aria-label={label}>
      <span>{label}</span>
      <Suspense fallback={<Loading rows={2} />}>
        <ConditionBuilder label={label} fields={fields} query={when ?? noCondition} onChange={onChange} />
      </Suspense>
    </div>
  );
}

function Verbs({ label, none, value, catalogue, onChange }: { label: string; none: string; value: string[]; catalogue: NurtureCatalogue; onChange: (on: string[]) => void }) {
  const name = useName();
  return (
    <div className={css.field}>
      <span>{label}</span>
      <Select<string[]>
        mode="multiple"
        aria-label={label}
        placeholder={none}
        showSearch={{ optionFilterProp: 'label' }}
        value={value}
        options={catalogue.verbs.map((verb) => ({ value: verb.key, label: name(verb.name) }))}
        onChange={onChange}
      />
    </div>
  );
}

function StartFields({ starts, fields, catalogue, onChange }: { starts: Starts; fields: FieldMeta[]; catalogue: NurtureCatalogue; onChange: (starts: Starts) => void }) {
  const { t } = useTranslation('nurture');
  const again = starts.again_after_days;
  return (
    <>
      <Verbs label={t('start.on')} none={t('start.byHand')} value={starts.on} catalogue={catalogue} onChange={(on) => { onChange({ ...starts, on }); }} />
      <When label={t('start.when')} fields={fields} when={starts.when} onChange={(when) => { onChange({ ...starts, when }); }} />
      <label className={css.inline}>
        <Switch aria-label={t('start.again')} checked={again !== null} onChange={(on) => { onChange({ ...starts, again_after_days: on ? A_QUARTER : null }); }} />
        <span>{t('start.again')}</span>
      </label>
      {again !== null && (
        <label>
          <span>{t('start.againDays')}</span>
          <InputNumber<number> aria-label={t('start.againDays')} controls={false} min={1} max={3650} precision={0} value={again} onChange={(days) => { onChange({ ...starts, again_after_days: days ?? A_QUARTER }); }} />
        </label>
      )}
    </>
  );
}

function LeaveFields({ leaves, fields, catalogue, onChange }: { leaves: Leave[]; fields: FieldMeta[]; catalogue: NurtureCatalogue; onChange: (leaves: Leave[]) => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const change = (key: string, part: Partial<Leave>) => {
    onChange(leaves.map((leave) => (leave.key === key ? { ...leave, ...part } : leave)));
  };
  return (
    <>
      <p className="muted">{t('leave.always')}</p>
      {leaves.map((leave) => (
        <section key={leave.key} className={css.rule} aria-label={name(leave.name)}>
          <div className={css.ruleHead}>
            <strong className="grow">{name(leave.name) || t('leave.unnamed')}</strong>
            <Button
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('leave.remove', { name: name(leave.name) })}
              onClick={() => { onChange(leaves.filter((one) => one.key !== leave.key)); }}
            />
          </div>
          <NamePair label={t('leave.name')} value={leave.name} onChange={(named) => { change(leave.key, { name: named }); }} />
          <Verbs label={t('leave.on')} none={t('leave.checkedAlways')} value={leave.on} catalogue={catalogue} onChange={(on) => { change(leave.key, { on }); }} />
          <When label={t('leave.when')} fields={fields} when={leave.when} onChange={(when) => { change(leave.key, { when }); }} />
        </section>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => { onChange([...leaves, newLeave(leaves)]); }}>
        {t('leave.add')}
      </Button>
    </>
  );
}

type Props = {
  part: 'starts' | 'leaves';
  definition: Definition;
  faults: string[];
  catalogue: NurtureCatalogue;
  onChange: (part: Partial<Definition>) => void;
  onClose: () => void;
};

/** When somebody starts a path, or leaves it before its end. */
export default function RulesSheet({ part, definition, faults, catalogue, onChange, onClose }: Props) {
  const { t } = useTranslation('nurture');
  const fields = useOperands(catalogue, definition.steps);
  return (
    <Sheet
      size={760}
      title={t(part === 'starts' ? 'start.title' : 'leave.title')}
      onClose={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('editor.ready')}
        </Button>
      }
    >
      <div className={css.form}>
        {faults.length > 0 && (
          <ul className={css.faults}>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {part === 'starts' ? (
          <StartFields starts={definition.starts} fields={fields} catalogue={catalogue} onChange={(starts) => { onChange({ starts }); }} />
        ) : (
          <LeaveFields leaves={definition.leaves} fields={fields} catalogue={catalogue} onChange={(leaves) => { onChange({ leaves }); }} />
        )}
      </div>
    </Sheet>
  );
}

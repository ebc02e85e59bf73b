import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { useType } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { BasisChooser, ChannelChooser, PeopleChooser } from './Choosers';
import { DurationInput } from './DurationInput';
import css from './Policy.module.css';
import { put, type Basis, type Definition, type WarningDefinition } from './definition';

type Props = { definition: Definition; catalogue: PolicyCatalogue; onChange: (definition: Definition) => void };
const length = 'length';

/** By when: a length of natural or working time, the stage's expected days, or a date that the record names. */
export function TargetFields({ definition, onChange }: Omit<Props, 'catalogue'>) {
  const { t } = useTranslation('sla');
  const name = useName();
  const type = useType(definition.about);
  const target = definition.target ?? { hours: 0 };
  const dates = (type?.fields ?? []).filter((field) => field.type === 'date' || field.type === 'datetime');
  const options = [
    { value: length, label: t('policy.target.length') },
    ...(type?.has_process ? [{ value: 'stage.expected_days', label: t('policy.target.stage') }] : []),
    ...dates.map((field) => ({ value: `field.${field.key}`, label: t('policy.target.field', { field: name(field.name) }) })),
    ...(definition.about === 'task' ? [{ value: 'data.due_at', label: t('policy.target.data') }] : []),
  ];
  const basis: Basis = target.time ?? 'natural';
  return (
    <fieldset className={css.group}>
      <legend>{t('policy.target.title')}</legend>
      <div className={css.when}>
        <Select
          aria-label={t('policy.target.kind')}
          value={target.from ?? length}
          options={options}
          onChange={(from) => {
            onChange({ ...definition, target: from === length ? { hours: 24, time: basis } : { from, time: basis } });
          }}
        />
        {!target.from && <DurationInput label={t('policy.target.title')} value={target} onChange={(next) => { onChange({ ...definition, target: next }); }} />}
        <BasisChooser label={t('policy.target.time')} value={basis} onChange={(time) => { onChange({ ...definition, target: { ...target, time } }); }} />
      </div>
    </fieldset>
  );
}

/** Reminders before the clock is due. */
export function WarningRows({ definition, catalogue, onChange }: Props) {
  const { t } = useTranslation('sla');
  const warnings = definition.warnings ?? [];
  const set = (next: WarningDefinition[]) => {
    onChange(put(definition, 'warnings', next));
  };
  const change = (place: number, part: WarningDefinition) => {
    set(warnings.map((one, index) => (index === place ? part : one)));
  };
  return (
    <fieldset className={css.group}>
      <legend>{t('policy.warnings')}</legend>
      {warnings.map((warning, place) => {
        const label = t('policy.warning', { place: place + 1 });
        return (
          <div key={place} className={css.event}>
            <span>{t('policy.before')}</span>
            <DurationInput label={label} value={warning.before} onChange={(before) => { change(place, { ...warning, before }); }} />
            <span className={css.wide}>
              <PeopleChooser label={`${label} ${t('policy.step.to')}`} catalogue={catalogue} value={warning.to} onChange={(to) => { change(place, { ...warning, to }); }} />
            </span>
            <span className={css.wide}>
              <ChannelChooser label={`${label} ${t('policy.step.channels')}`} catalogue={catalogue} value={warning.channels ?? []} onChange={(channels) => { change(place, put(warning, 'channels', channels)); }} />
            </span>
            <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('policy.remove', { what: label })} onClick={() => { set(warnings.filter((_one, index) => index !== place)); }} />
          </div>
        );
      })}
      <Button size="small" icon={<PlusOutlined />} onClick={() => { set([...warnings, { before: { hours: 1 }, to: ['owner'], channels: ['in_app'] }]); }}>
        {t('policy.addWarning')}
      </Button>
    </fieldset>
  );
}

/** How long a clock may stand still, and who is told when it goes on. */
export function PauseLimitFields({ definition, catalogue, onChange }: Props) {
  const { t } = useTranslation('sla');
  const limit = definition.pause_limit;
  return (
    <fieldset className={css.group}>
      <legend>{t('policy.pauseLimit')}</legend>
      <Checkbox
        checked={limit !== undefined}
        onChange={(event) => {
          onChange(put(definition, 'pause_limit', event.target.checked ? { days: 5, to: ['owner', 'superior'] } : undefined));
        }}
      >
        {t('policy.limitPauses')}
      </Checkbox>
      {limit && (
        <div className={css.event}>
          <DurationInput label={t('policy.pauseLimit')} value={limit} onChange={(next) => { onChange({ ...definition, pause_limit: next }); }} />
          <span className={css.wide}>
            <PeopleChooser label={t('policy.pauseLimitTo')} catalogue={catalogue} value={limit.to} onChange={(to) => { onChange({ ...definition, pause_limit: { ...limit, to } }); }} />
          </span>
        </div>
      )}
    </fieldset>
  );
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import { BasisChooser, ChannelChooser, PeopleChooser, PersonChooser } from './Choosers';
import { DurationInput } from './DurationInput';
import { EventCondition } from './EventCondition';
import css from './Policy.module.css';
import { newStep, put, without, type Basis, type StepDefinition, type TaskDefinition } from './definition';

type CardProps = { step: StepDefinition; place: number; about: string; basis: Basis; catalogue: PolicyCatalogue; onChange: (step: StepDefinition) => void };

function When({ step, basis, onChange }: Pick<CardProps, 'step' | 'basis' | 'onChange'>) {
  const { t } = useTranslation('sla');
  const from = step.after ? 'after' : 'overdue';
  const length = step.after ?? step.overdue ?? { hours: 0 };
  return (
    <div className={css.when}>
      <Select
        aria-label={t('policy.step.from')}
        value={from}
        options={(['after', 'overdue'] as const).map((key) => ({ value: key, label: t(`policy.step.${key}`) }))}
        onChange={(next) => {
          onChange({ ...without(step, ['after', 'overdue']), [next]: length } as StepDefinition);
        }}
      />
      <DurationInput label={t('policy.step.length')} value={length} onChange={(value) => { onChange({ ...step, [from]: value }); }} />
      <BasisChooser label={t('policy.step.time')} value={step.time ?? basis} onChange={(time) => { onChange(put(step, 'time', time === basis ? undefined : time)); }} />
    </div>
  );
}

function TaskPart({ step, catalogue, onChange }: Pick<CardProps, 'step' | 'catalogue' | 'onChange'>) {
  const { t } = useTranslation('sla');
  const { task } = step;
  const set = (part: Partial<TaskDefinition>) => {
    if (task) onChange({ ...step, task: { ...task, ...part } });
  };
  const usual: TaskDefinition = { kind: 'intervention', title: { 'zh-CN': '', 'en-US': '' }, to: 'superior', due: { hours: 24 } };
  return (
    <>
      <Checkbox checked={task !== undefined} onChange={(event) => { onChange(put(step, 'task', event.target.checked ? usual : undefined)); }}>
        {t('policy.step.task')}
      </Checkbox>
      {task && (
        <div className={css.task}>
          {(['zh-CN', 'en-US'] as const).map((language) => (
            <Input
              key={language}
              aria-label={t(`policy.step.taskTitle.${language}`)}
              placeholder={t(`policy.step.taskTitle.${language}`)}
              maxLength={120}
              value={task.title[language] ?? ''}
              onChange={(event) => {
                set({ title: { ...task.title, [language]: event.target.value } });
              }}
            />
          ))}
          <PersonChooser label={t('policy.step.taskTo')} catalogue={catalogue} value={task.to} onChange={(to) => { set({ to }); }} />
          <DurationInput label={t('policy.step.taskDue')} value={task.due ?? { hours: 24 }} onChange={(due) => { set({ due }); }} />
        </div>
      )}
    </>
  );
}

function StepCard({ step, place, about, basis, catalogue, onChange }: CardProps) {
  const { t } = useTranslation('sla');
  const name = useName();
  const clearing = useClearing();
  const label = t('policy.step.title', { place: place + 1 });
  return (
    <>
      <When step={step} basis={basis} onChange={onChange} />
      <div className={css.pairs}>
        <div>
          {t('policy.step.to')}
          <PeopleChooser label={`${label} ${t('policy.step.to')}`} catalogue={catalogue} value={step.to ?? []} onChange={(to) => { onChange(put(step, 'to', to)); }} />
        </div>
        <div>
          {t('policy.step.cc')}
          <PeopleChooser label={`${label} ${t('policy.step.cc')}`} catalogue={catalogue} value={step.cc ?? []} onChange={(cc) => { onChange(put(step, 'cc', cc)); }} />
        </div>
        <div>
          {t('policy.step.channels')}
          <ChannelChooser label={`${label} ${t('policy.step.channels')}`} catalogue={catalogue} value={step.channels ?? []} onChange={(channels) => { onChange(put(step, 'channels', channels)); }} />
        </div>
        <div>
          {t('policy.step.document')}
          <Select
            aria-label={`${label} ${t('policy.step.document')}`}
            placeholder={t('none', { ns: 'ui' })}
            allowClear={clearing}
            style={{ width: '100%' }}
            value={step.document || undefined}
            options={catalogue.documents.map((one) => ({ value: one.key, label: name(one.name) }))}
            onChange={(document: string | undefined) => {
              onChange(put(step, 'document', document));
            }}
          />
        </div>
        <div>
          {t('policy.step.reassign')}
          <PersonChooser clearable label={`${label} ${t('policy.step.reassign')}`} catalogue={catalogue} value={step.reassign ?? ''} onChange={(reassign) => { onChange(put(step, 'reassign', reassign)); }} />
        </div>
      </div>
      <div className={css.ticks}>
        <Checkbox checked={step.red === true} onChange={(event) => { onChange(put(step, 'red', event.target.checked)); }}>
          {t('policy.step.red')}
        </Checkbox>
        <EventCondition label={label} about={about} catalogue={catalogue} value={step.when} onChange={(when) => { onChange(put(step, 'when', when)); }} />
      </div>
      <TaskPart step={step} catalogue={catalogue} onChange={onChange} />
    </>
  );
}

type Props = { steps: StepDefinition[]; about: string; basis: Basis; catalogue: PolicyCatalogue; onChange: (steps: StepDefinition[]) => void };

/** Escalations in order: when, to whom, by what, and what else follows. */
export function StepCards({ steps, about, basis, catalogue, onChange }: Props) {
  const { t } = useTranslation('sla');
  return (
    <section className={css.steps} aria-labelledby="steps">
      <h2 id="steps">{t('policy.steps')}</h2>
      {steps.map((step, place) => {
        const label = t('policy.step.title', { place: place + 1 });
        return (
          <fieldset key={step.key} className={css.group}>
            <legend>{label}</legend>
            <Button
              className={css.removeStep}
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('policy.remove', { what: label })}
              onClick={() => {
                onChange(steps.filter((_one, index) => index !== place));
              }}
            />
            <StepCard
              step={step}
              place={place}
              about={about}
              basis={basis}
              catalogue={catalogue}
              onChange={(next) => {
                onChange(steps.map((one, index) => (index === place ? next : one)));
              }}
            />
          </fieldset>
        );
      })}
      <Button icon={<PlusOutlined />} disabled={steps.length >= 20} onClick={() => { onChange([...steps, newStep(steps)]); }}>
        {t('policy.addStep')}
      </Button>
    </section>
  );
}

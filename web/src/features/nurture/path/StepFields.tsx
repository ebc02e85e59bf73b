import { Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureCatalogue } from '@/api/types';
import { NamePair } from '@/features/nurture/NamePair';
import css from '@/features/nurture/Nurture.module.css';
import { TemplateLook } from '@/features/nurture/template/TemplateLook';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { receivers, type Branch, type HandOver, type Score, type Send, type Step, type Wait } from './definition';
import { useOperands } from './useOperands';

const ConditionBuilder = lazy(() => import('@/features/fields/ConditionBuilder'));

type Part<T> = { step: T; onChange: (part: Partial<T>) => void };
type WithWords<T> = Part<T> & { catalogue: NurtureCatalogue };

export function WaitFields({ step, onChange }: Part<Wait>) {
  const { t } = useTranslation('nurture');
  return (
    <>
      <div className={css.two}>
        <label>
          <span>{t('wait.amount')}</span>
          <InputNumber<number> aria-label={t('wait.amount')} controls={false} min={0} max={365} precision={0} style={{ width: '100%' }} value={step.amount} onChange={(amount) => { onChange({ amount: amount ?? 0 }); }} />
        </label>
        <div className={css.field}>
          <span>{t('wait.unit')}</span>
          <Segmented block aria-label={t('wait.unit')} value={step.unit} options={(['hours', 'days'] as const).map((unit) => ({ value: unit, label: t(`wait.units.${unit}`) }))} onChange={(unit) => { onChange({ unit }); }} />
        </div>
      </div>
      <div className={css.field}>
        <span>{t('wait.basis')}</span>
        <Segmented block aria-label={t('wait.basis')} value={step.basis} options={(['natural', 'working'] as const).map((basis) => ({ value: basis, label: t(`wait.bases.${basis}`) }))} onChange={(basis) => { onChange({ basis }); }} />
      </div>
      <label>
        <span>{t('wait.until')}</span>
        <Input type="time" style={{ width: 140 }} value={step.until ?? ''} onChange={(event) => { onChange({ until: event.target.value || null }); }} />
        <small className="muted">{t('wait.untilHint')}</small>
      </label>
      <label className={css.inline}>
        <Switch aria-label={t('wait.untilWorking')} checked={step.until_working} onChange={(until_working) => { onChange({ until_working }); }} /> <span>{t('wait.untilWorking')}</span>
      </label>
    </>
  );
}

const asked = ['nurture.opened_last', 'nurture.clicked_last'] as const;

export function BranchFields({ step, steps, catalogue, onChange }: WithWords<Branch> & { steps: Step[] }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const fields = useOperands(catalogue, steps);
  const offered = fields.filter((field) => asked.some((key) => key === field.key));
  return (
    <>
      <div className={css.chips} role="group" aria-label={t('branch.usual')}>
        {offered.map((field) => (
          <button
            key={field.key}
            type="button"
            className={css.chip}
            onClick={() => { onChange({ when: { combinator: 'and', rules: [{ field: field.key, operator: '=', value: true }] } }); }}
          >
            {name(field.name)}
          </button>
        ))}
      </div>
      <div className={css.field} role="group" aria-label={t('branch.when')}>
        <span>{t('branch.when')}</span>
        <Suspense fallback={<Loading rows={2} />}>
          <ConditionBuilder label={t('branch.when')} fields={fields} query={step.when} onChange={(when) => { onChange({ when }); }} />
        </Suspense>
      </div>
      <p className="muted">{t('branch.hint')}</p>
    </>
  );
}

export function SendFields({ step, catalogue, onChange }: WithWords<Send>) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const channel = catalogue.channels.find((one) => one.key === step.channel);
  const templates = catalogue.templates.filter((template) => template.channel === step.channel);
  const chosen = templates.find((template) => template.key === step.template);
  return (
    <>
      <div className={css.field}>
        <span>{t('send.channel')}</span>
        <Segmented
          block
          aria-label={t('send.channel')}
          value={step.channel}
          options={catalogue.channels.map((one) => ({ value: one.key as Send['channel'], label: name(one.name) }))}
          onChange={(next) => { onChange({ channel: next, template: '' }); }}
        />
        {channel && !channel.is_on && (
          <small className={css.warn}>
            {t('send.channelOff', { channel: name(channel.name) })} <Link to="/admin/channels">{t('send.setUp')}</Link>
          </small>
        )}
      </div>
      <div className={css.field}>
        <span>{t('send.template')}</span>
        <Select
          aria-label={t('send.template')}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('send.choose')}
          value={step.template || undefined}
          notFoundContent={t('send.noTemplate')}
          options={templates.map((template) => ({ value: template.key, label: template.version ? name(template.name) : t('send.unpublished', { name: name(template.name) }) }))}
          onChange={(template) => { onChange({ template }); }}
        />
        <small>
          {chosen ? <Link to={`/nurture/templates/${chosen.key}`}>{t('send.edit')}</Link> : <Link to="/nurture/templates?new=1">{t('send.create')}</Link>}
        </small>
      </div>
      {chosen && <TemplateLook key={chosen.key} templateKey={chosen.key} channel={step.channel} definition={null} />}
    </>
  );
}

export function ScoreFields({ step, onChange }: Part<Score>) {
  const { t } = useTranslation('nurture');
  return (
    <>
      <label>
        <span>{t('score.points')}</span>
        <InputNumber<number> aria-label={t('score.points')} controls={false} min={-100} max={100} precision={0} value={step.points} onChange={(points) => { onChange({ points: points ?? 0 }); }} />
        <small className="muted">{t('score.hint')}</small>
      </label>
      <NamePair label={t('score.reason')} value={step.reason} onChange={(reason) => { onChange({ reason }); }} />
    </>
  );
}

export function HandOverFields({ step, catalogue, onChange }: WithWords<HandOver>) {
  const { t } = useTranslation('nurture');
  const name = useName();
  return (
    <>
      <fieldset className={css.choices} aria-label={t('handOver.to')}>
        {receivers.map((to) => (
          <label key={to}>
            <input type="radio" name="to" checked={step.to === to} onChange={() => { onChange({ to, role: to === 'role' ? step.role : null }); }} />
            <span>{t(`handOver.tos.${to}`)}</span>
            <small>{t(`handOver.hints.${to}`)}</small>
          </label>
        ))}
      </fieldset>
      {step.to === 'role' && (
        <div className={css.field}>
          <span>{t('handOver.role')}</span>
          <Select aria-label={t('handOver.role')} value={step.role ?? undefined} options={catalogue.roles.map((role) => ({ value: role.key, label: name(role.name) }))} onChange={(role) => { onChange({ role }); }} />
        </div>
      )}
      <NamePair label={t('handOver.note')} value={step.note ?? {}} onChange={(note) => { onChange({ note: note['zh-CN'] || note['en-US'] ? note : null }); }} />
    </>
  );
}

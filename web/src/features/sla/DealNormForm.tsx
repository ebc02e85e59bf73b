import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { DealNorm } from '@/api/types';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './DealNorm.module.css';
import { faultsOf, measureOf, sentOf, typedOf, useSetDealNorm, type Typed } from './dealNorm';
import { useLimits } from './dealPace';

const fields = ['normal', 'abnormal'] as const;

/** Both thresholds and why; where somebody else saved meanwhile, theirs beside what was typed. */
export function DealNormForm({ norm }: { norm: DealNorm }) {
  const { t } = useTranslation('supervision');
  const say = useToast();
  const limits = useLimits();
  const set = useSetDealNorm(norm.key);
  const measure = measureOf(norm);
  const [began, setBegan] = useState(norm.number);
  const [typed, setTyped] = useState<Typed>(typedOf(norm, measure));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const faults = faultsOf(typed, measure);
  const now = typedOf(norm, measure);
  const isSame = fields.every((field) => typed[field] === now[field]);
  const isOvertaken = began !== norm.number && !set.isPending;
  const restart = (from: DealNorm) => {
    setBegan(from.number);
    setTyped(typedOf(from, measure));
    setTried(false);
  };
  const send = (thresholds: Typed) => {
    set.mutate(
      { ...thresholds, note, version: isOvertaken ? norm.number : began },
      {
        onSuccess: (kept) => {
          restart(kept);
          setNote('');
          say('ok', t('norm.done', { number: kept.number }));
        },
        onError: (error) => {
          if (problemOf(error, 412)) return;
          const problem = problemOf(error);
          say('bad', problem?.errors[0]?.message ?? problem?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <form
      className={css.form}
      aria-label={t('norm.form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!faults.normal && !faults.abnormal) send(sentOf(typed, measure));
      }}
    >
      {isOvertaken && (
        <div className={css.overtaken} role="alert">
          <p>{t('norm.overtaken', { name: norm.set_by || '–', at: dateTime(norm.set_at), number: norm.number, limits: limits(norm, measure) })}</p>
          <Button size="small" onClick={() => { restart(norm); }}>
            {t('norm.takeTheirs')}
          </Button>
        </div>
      )}
      <div className={css.pair}>
        {fields.map((field) => {
          const fault = tried && faults[field];
          const label = t(`norm.${field}.${measure}`);
          return (
            <label key={field}>
              {label}
              <InputNumber<number>
                aria-label={label}
                aria-invalid={Boolean(fault)}
                aria-describedby={fault ? `norm-${field}` : undefined}
                status={fault ? 'error' : undefined}
                controls={false}
                inputMode="decimal"
                suffix={t(`norm.unit.${measure}`)}
                value={typed[field]}
                onChange={(value) => { setTyped({ ...typed, [field]: value }); }}
              />
              {fault && (
                <small id={`norm-${field}`} className={css.fault} role="alert">
                  {fault === 'order' ? t(`norm.fault.order.${measure}`) : t(`norm.fault.${fault}`)}
                </small>
              )}
            </label>
          );
        })}
      </div>
      <label>
        {t('norm.note')}
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} value={note} onChange={(event) => { setNote(event.target.value); }} />
      </label>
      <div className={css.actions}>
        {norm.source === 'own' && (
          <Button disabled={set.isPending} onClick={() => { send({ normal: null, abnormal: null }); }}>
            {t('norm.reset')}
          </Button>
        )}
        <Button type="primary" htmlType="submit" loading={set.isPending} disabled={isSame}>
          {t(isOvertaken ? 'norm.saveMine' : 'save', { ns: isOvertaken ? 'supervision' : 'ui' })}
        </Button>
      </div>
    </form>
  );
}

import { DatePicker, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NewAbsence } from '@/api/types';
import { useToast } from '@/ui/toast';
import { PersonPicker } from './PersonPicker';
import { usePlanAbsence } from './absences';
import css from './admin.module.css';

const scopes = ['all', 'approvals', 'clocks'] as const;

/** The next full hour, from which an absence is proposed. */
function soon(): Dayjs {
  return dayjs().add(1, 'hour').startOf('hour');
}

/** From when to when somebody is away, and who stands in for what. */
export default function AbsenceDialog({ forOthers, onClose }: { forOthers: boolean; onClose: () => void }) {
  const { t } = useTranslation('org');
  const say = useToast();
  const plan = usePlanAbsence();
  const [person, setPerson] = useState<number | null>(null);
  const [from, setFrom] = useState<Dayjs | null>(soon);
  const [to, setTo] = useState<Dayjs | null>(() => soon().add(1, 'day'));
  const [rest, setRest] = useState<Pick<NewAbsence, 'delegate_id' | 'scope' | 'reason'>>({ delegate_id: null, scope: 'all', reason: '' });
  const problem = problemOf(plan.error);
  const ready = from && to && to.isAfter(from) && (!forOthers || person !== null);
  return (
    <Modal
      open
      title={t(forOthers ? 'absence.addFor' : 'absence.add')}
      okText={t('absence.plan')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={plan.isPending}
      onOk={() => {
        if (!from || !to) return;
        plan.mutate(
          { person_id: forOthers ? person : null, from_at: from.toISOString(), to_at: to.toISOString(), ...rest },
          {
            onSuccess: () => {
              say('ok', t('absence.planned'));
              onClose();
            },
          },
        );
      }}
      onCancel={onClose}
      width={460}
    >
      <div className={css.form}>
        {forOthers && (
          <div data-field="true">
            {t('absence.person')}
            <PersonPicker label={t('absence.person')} value={person} onChange={setPerson} autoFocus />
          </div>
        )}
        <div data-field="true">
          {t('absence.from')}
          <DatePicker aria-label={t('absence.from')} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={from} onChange={setFrom} style={{ width: '100%' }} />
        </div>
        <div data-field="true">
          {t('absence.to')}
          <DatePicker aria-label={t('absence.to')} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={to} minDate={from ?? undefined} onChange={setTo} style={{ width: '100%' }} />
        </div>
        <div data-field="true">
          {t('absence.delegate')}
          <PersonPicker
            label={t('absence.delegate')}
            value={rest.delegate_id}
            onChange={(delegate_id) => {
              setRest({ ...rest, delegate_id });
            }}
          />
          <span className="muted">{t('absence.delegateHint')}</span>
        </div>
        <div data-field="true">
          {t('absence.scopeTitle')}
          <Select
            aria-label={t('absence.scopeTitle')}
            value={rest.scope}
            options={scopes.map((scope) => ({ value: scope, label: t(`absence.scope.${scope}`) }))}
            onChange={(scope) => {
              setRest({ ...rest, scope });
            }}
          />
        </div>
        <label>
          {t('absence.reason')}
          <Input
            value={rest.reason}
            maxLength={200}
            onChange={(event) => {
              setRest({ ...rest, reason: event.target.value });
            }}
          />
        </label>
        {problem && (
          <p className={css.bad} role="alert">
            {[problem.message, ...problem.errors.map((one) => one.message)].join(' ')}
          </p>
        )}
      </div>
    </Modal>
  );
}

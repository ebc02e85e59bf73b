import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurtureSuppression } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { useLift } from '@/features/nurture/sending';
import { useToast } from '@/ui/toast';

/** Why somebody may be written to again, and since when they agree. */
export function LiftDialog({ suppression, onClose }: { suppression: NurtureSuppression; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const lift = useLift();
  const [reason, setReason] = useState('');
  const send = () => {
    lift.mutate(
      { id: suppression.id, reason: reason.trim() },
      {
        onSuccess: () => {
          say('ok', t('refusal.lifted'));
          onClose();
        },
        onError: (error) => { say('bad', problemOf(error)?.errors[0]?.message ?? problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal
      open
      title={t('refusal.liftOf', { address: suppression.address })}
      okText={t('refusal.lift')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: reason.trim().length < 4 }}
      confirmLoading={lift.isPending}
      onOk={send}
      onCancel={onClose}
      width={460}
    >
      <div className={css.form}>
        <p className="muted">{t('refusal.liftHint')}</p>
        <label>
          <span>{t('refusal.reason')}</span>
          <Input.TextArea autoFocus autoSize={{ minRows: 2 }} maxLength={300} value={reason} onChange={(event) => { setReason(event.target.value); }} />
        </label>
      </div>
    </Modal>
  );
}

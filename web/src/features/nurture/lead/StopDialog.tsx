import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurtureOfRecord } from '@/api/types';
import { useLeave } from '@/features/nurture/enrolments';
import css from '@/features/nurture/Nurture.module.css';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';

/** Why a path ends here for one record. */
export default function StopDialog({ enrolment, onClose }: { enrolment: NurtureOfRecord['enrolments'][number]; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const say = useToast();
  const leave = useLeave();
  const [note, setNote] = useState('');
  const send = () => {
    leave.mutate(
      { id: enrolment.id, note: note.trim() },
      {
        onSuccess: () => {
          say('ok', t('lead.stopped'));
          onClose();
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal open title={t('lead.stopTitle', { name: name(enrolment.path.name) })} okText={t('lead.stop')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !note.trim() }} confirmLoading={leave.isPending} onOk={send} onCancel={onClose} width={440}>
      <label className={css.field}>
        <span>{t('lead.why')}</span>
        <Input.TextArea autoFocus autoSize={{ minRows: 2 }} maxLength={200} value={note} onChange={(event) => { setNote(event.target.value); }} />
      </label>
    </Modal>
  );
}

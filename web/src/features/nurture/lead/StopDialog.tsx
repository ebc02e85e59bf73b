import { Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NurtureOfRecord } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { useStopping } from '@/features/nurture/stopping';
import { useName } from '@/ui/names';

/** Why a path ends here for one record. */
export default function StopDialog({ enrolment, onClose }: { enrolment: NurtureOfRecord['enrolments'][number]; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const { note, setNote, send, isSending } = useStopping(enrolment, onClose);
  return (
    <Modal open title={t('lead.stopTitle', { name: name(enrolment.path.name) })} okText={t('lead.stop')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !note.trim() }} confirmLoading={isSending} onOk={send} onCancel={onClose} width={440}>
      <label className={css.field}>
        <span>{t('lead.why')}</span>
        <Input.TextArea autoFocus autoSize={{ minRows: 2 }} maxLength={200} value={note} onChange={(event) => { setNote(event.target.value); }} />
      </label>
    </Modal>
  );
}

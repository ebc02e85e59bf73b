import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Question } from './confirm';
import { useToast } from './toast';

export default function ConfirmDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await question.run();
      onClose();
    } catch (error) {
      say('bad', problemOf(error)?.message ?? t('failed'));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={question.title}
      okText={question.ok ?? (question.danger ? t('delete') : t('confirm'))}
      cancelText={t('cancel')}
      okButtonProps={{ danger: question.danger }}
      confirmLoading={busy}
      onOk={() => void run()}
      onCancel={onClose}
      width={420}
      zIndex={2000}
    >
      {question.text}
    </Modal>
  );
}

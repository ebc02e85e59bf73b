import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import { completed } from '@/features/nurture/names';
import { NamePair } from '@/features/nurture/NamePair';
import css from '@/features/nurture/Nurture.module.css';

/** What a path is called; it is published with the rest. */
export default function RenameDialog({ name, onChange, onClose }: { name: Name; onChange: (name: Name) => void; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const [written, setWritten] = useState(name);
  return (
    <Modal
      open
      title={t('editor.rename')}
      okText={t('confirm', { ns: 'ui' })}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !Object.values(written).some((text) => text.trim()) }}
      onOk={() => {
        onChange(completed(written));
        onClose();
      }}
      onCancel={onClose}
      width={480}
    >
      <div className={css.form}>
        <NamePair label={t('new.name')} value={written} onChange={setWritten} autoFocus />
      </div>
    </Modal>
  );
}

import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { freeKey } from '@/features/fields/fieldDraft';
import { useToast } from '@/ui/toast';
import { empty, useCreate, type Standard } from './admin';
import css from './standards.module.css';

/** A new standard: its names; the rest is written as its draft. */
export default function NewStandard({ taken, onClose }: { taken: Standard[]; onClose: () => void }) {
  const { t } = useTranslation('followupStandards');
  const say = useToast();
  const create = useCreate();
  const [names, setNames] = useState({ 'zh-CN': '', 'en-US': '' });
  const isReady = Boolean(names['zh-CN'].trim() && names['en-US'].trim());
  const send = () => {
    create.mutate(
      { key: freeKey(names, taken.map((standard) => standard.key), 'standard'), definition: empty(names) },
      {
        onSuccess: onClose,
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal open title={t('add')} okText={t('begin')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !isReady }} confirmLoading={create.isPending} onOk={send} onCancel={onClose} width={440}>
      <div className={css.form}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <label key={language} className={css.field}>
            <span>{t(`name.${language}`)}</span>
            <Input maxLength={60} value={names[language]} onChange={(event) => { setNames({ ...names, [language]: event.target.value }); }} />
          </label>
        ))}
      </div>
    </Modal>
  );
}

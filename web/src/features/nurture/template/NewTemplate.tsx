import { Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Name, NurtureTemplateRow } from '@/api/types';
import { freeKey } from '@/features/fields/fieldDraft';
import { NamePair } from '@/features/nurture/NamePair';
import { completed } from '@/features/nurture/names';
import css from '@/features/nurture/Nurture.module.css';
import { channels, type Channel } from '@/features/nurture/path/definition';
import { useCreateTemplate } from '@/features/nurture/templates';
import { useToast } from '@/ui/toast';

/** Name and channel of a new text; everything else is written in its editor. */
export default function NewTemplate({ taken, first, onClose }: { taken: NurtureTemplateRow[]; first: Channel; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const navigate = useNavigate();
  const create = useCreateTemplate();
  const [name, setName] = useState<Name>({});
  const [channel, setChannel] = useState(first);
  const send = () => {
    const names = completed(name);
    create.mutate(
      { key: freeKey(names, taken.map((template) => template.key), 'template'), name: names, channel },
      {
        onSuccess: (template) => void navigate(`/nurture/templates/${template.key}`),
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <Modal
      open
      title={t('template.add')}
      okText={t('template.write')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: !Object.values(name).some((text) => text.trim()) }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className={css.form}>
        <NamePair label={t('template.name')} value={name} onChange={setName} autoFocus />
        <div className={css.field}>
          <span>{t('template.channel')}</span>
          <Segmented block aria-label={t('template.channel')} value={channel} options={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))} onChange={setChannel} />
        </div>
      </div>
    </Modal>
  );
}

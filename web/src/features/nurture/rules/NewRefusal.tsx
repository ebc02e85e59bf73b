import { Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import css from '@/features/nurture/Nurture.module.css';
import { channels, type Channel } from '@/features/nurture/path/definition';
import { useAddSuppression } from '@/features/nurture/sending';
import { useToast } from '@/ui/toast';

/** Somebody who said by telephone or letter that they want nothing more. */
export function NewRefusal({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const add = useAddSuppression();
  const [channel, setChannel] = useState<Channel>('mail');
  const [address, setAddress] = useState('');
  const [isAll, setAll] = useState(false);
  const [note, setNote] = useState('');
  const problem = problemOf(add.error);
  const send = () => {
    add.mutate(
      { channel, address: address.trim(), is_all: isAll, note: note.trim() },
      {
        onSuccess: () => {
          say('ok', t('saved', { ns: 'ui' }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal open title={t('refusal.add')} okText={t('refusal.add')} cancelText={t('cancel', { ns: 'ui' })} okButtonProps={{ disabled: !address.trim() }} confirmLoading={add.isPending} onOk={send} onCancel={onClose} width={460}>
      <div className={css.form}>
        <div className={css.field}>
          <span>{t('template.channel')}</span>
          <Segmented block aria-label={t('template.channel')} value={channel} options={channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))} onChange={setChannel} />
        </div>
        <label>
          <span>{t(`refusal.addressOf.${channel}`)}</span>
          <Input autoFocus value={address} onChange={(event) => { setAddress(event.target.value); }} />
        </label>
        <label className={css.inline}>
          <input type="checkbox" checked={isAll} onChange={(event) => { setAll(event.target.checked); }} /> <span>{t('refusal.everything')}</span>
        </label>
        <label>
          <span>{t('refusal.note')}</span>
          <Input value={note} maxLength={300} onChange={(event) => { setNote(event.target.value); }} />
        </label>
        {problem && <p className={css.bad} role="alert">{problem.errors[0]?.message ?? problem.message}</p>}
      </div>
    </Modal>
  );
}

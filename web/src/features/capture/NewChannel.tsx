import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { CaptureKind } from '@/api/types';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { SecretOnce } from './SecretOnce';
import { useMakeChannel } from './capture';
import css from './capture.module.css';

export const KINDS: CaptureKind[] = ['form', 'webhook', 'mail', 'rest', 'wechat_official', 'wecom_contact', 'ocean_engine', 'baidu', 'tencent_ads'];

/** Makes a channel: what kind, what it is called. Platforms begin switched off, for their keys are not there yet. */
export function NewChannel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('capture');
  const say = useToast();
  const go = useNavigate();
  const make = useMakeChannel();
  const [kind, setKind] = useState<CaptureKind>('form');
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const needsKeys = kind === 'wechat_official' || kind === 'wecom_contact' || kind === 'ocean_engine';
  const create = () => {
    make.mutate(
      { kind, name: { 'zh-CN': zh.trim(), 'en-US': en.trim() || zh.trim() }, source: '', is_on: !needsKeys },
      {
        onSuccess: (made) => {
          if (made.kind === 'form') void go(`/capture/forms/${made.id}`);
          else if (!made.secret) onClose();
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const secret = make.data?.secret;
  return (
    <Sheet
      title={t('channel.new')}
      onClose={onClose}
      footer={
        secret ? (
          <Button type="primary" onClick={onClose}>{t('secret.kept')}</Button>
        ) : (
          <Button type="primary" disabled={!zh.trim()} loading={make.isPending} onClick={create}>{t('channel.make')}</Button>
        )
      }
    >
      {secret && make.data ? (
        <SecretOnce secret={secret} address={make.data.address} />
      ) : (
        <div className={css.form}>
          <label>
            <span>{t('channel.kind')}</span>
            <Select aria-label={t('channel.kind')} value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
          </label>
          <p className="muted">{t(`kindHints.${kind}`)}</p>
          <label>
            <span>{t('channel.nameZh')}</span>
            <Input value={zh} maxLength={60} onChange={(event) => { setZh(event.target.value); }} />
          </label>
          <label>
            <span>{t('channel.nameEn')}</span>
            <Input value={en} maxLength={60} onChange={(event) => { setEn(event.target.value); }} />
          </label>
        </div>
      )}
    </Sheet>
  );
}

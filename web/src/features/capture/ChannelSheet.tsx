import { Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { CaptureChannel } from '@/api/types';
import { PersonPicker } from '@/features/org/PersonPicker';
import { useConfirm } from '@/ui/confirm';
import { CopyButton } from '@/ui/CopyButton';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { MappingRows } from './MappingRows';
import { SecretOnce } from './SecretOnce';
import { useRotateSecret, useSaveChannel } from './capture';
import css from './capture.module.css';

/** One channel: where it is reached, its keys, what its payload means, to whom its leads go. */
export function ChannelSheet({ channel, onClose }: { channel: CaptureChannel; onClose: () => void }) {
  const { t } = useTranslation('capture');
  const name = useName();
  const say = useToast();
  const confirm = useConfirm();
  const save = useSaveChannel(channel.id);
  const rotate = useRotateSecret(channel.id);
  const [settings, setSettings] = useState<Record<string, string>>(channel.settings as Record<string, string>);
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [mapping, setMapping] = useState(Object.entries(channel.mapping));
  const [owner, setOwner] = useState(channel.owner?.id ?? null);
  const [isOn, setOn] = useState(channel.is_on);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const store = () => {
    save.mutate(
      {
        name: channel.name,
        source: channel.source,
        unit: channel.unit?.id ?? null,
        owner,
        is_on: isOn,
        settings,
        secrets,
        mapping: channel.has_mapping ? Object.fromEntries(mapping.filter(([field, path]) => field && path)) : null,
      },
      {
        onSuccess: () => {
          setWrong({});
          setSecrets({});
          say('ok', t('saved', { ns: 'ui' }));
        },
        onError: (error) => {
          const problem = problemOf(error);
          setWrong(Object.fromEntries((problem?.errors ?? []).map((one) => [one.field, one.message])));
          say('bad', problem?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const entered = Object.keys(channel.secrets).filter((key) => key !== channel.made_secret);
  return (
    <Sheet
      title={name(channel.name)}
      onClose={onClose}
      footer={<Button type="primary" loading={save.isPending} onClick={store}>{t('save', { ns: 'ui' })}</Button>}
    >
      <div className={css.form}>
        <p className="muted">{t(`kindHints.${channel.kind}`)}</p>
        <label className={css.inline}>
          <Switch checked={isOn} onChange={setOn} aria-label={t('channel.on')} /> <span>{t('channel.on')}</span>
        </label>
        {wrong['kind'] && <p className={css.bad}>{wrong['kind']}</p>}
        <div>
          <span>{t('channel.address')}</span>
          <div className={css.copied}>
            <code>{channel.address}</code>
            <CopyButton text={channel.address} />
          </div>
        </div>
        {channel.kind === 'form' && <Link to={`/capture/forms/${channel.id}`}>{t('form.edit')}</Link>}
        {rotate.data && <SecretOnce secret={rotate.data.secret} address={channel.address} />}
        {channel.made_secret && (
          <Button
            onClick={() => {
              confirm({ title: t('secret.rotateTitle'), text: t('secret.rotateText'), ok: t('secret.rotate'), danger: true, run: () => rotate.mutateAsync(undefined) });
            }}
          >
            {t('secret.rotate')}
          </Button>
        )}
        {entered.map((key) => (
          <label key={key}>
            <span>{t(`settings.${key}`)}</span>
            <Input.Password
              autoComplete="new-password"
              value={secrets[key] ?? ''}
              placeholder={channel.secrets[key] ? t('secret.set') : ''}
              onChange={(event) => { setSecrets({ ...secrets, [key]: event.target.value }); }}
            />
            {wrong[`secrets.${key}`] && <span className={css.bad}>{wrong[`secrets.${key}`]}</span>}
          </label>
        ))}
        {Object.keys(channel.settings).map((key) =>
          key === 'allows_plain_posts' ? (
            <label key={key} className={css.inline}>
              <Switch checked={Boolean(settings[key])} aria-label={t(`settings.${key}`)} onChange={(on) => { setSettings({ ...settings, [key]: on ? '1' : '' }); }} /> <span>{t(`settings.${key}`)}</span>
            </label>
          ) : (
            <label key={key}>
              <span>{t(`settings.${key}`)}</span>
              <Input value={settings[key] ?? ''} onChange={(event) => { setSettings({ ...settings, [key]: event.target.value }); }} />
              {wrong[`settings.${key}`] && <span className={css.bad}>{wrong[`settings.${key}`]}</span>}
            </label>
          ),
        )}
        {channel.has_mapping && <MappingRows rows={mapping} wrong={wrong} onChange={setMapping} />}
        <div>
          <span>{t('channel.owner')}</span>
          <PersonPicker label={t('channel.owner')} value={owner} known={channel.owner} onChange={(id) => { setOwner(id); }} />
          <span className="muted">{t('channel.ownerHint')}</span>
        </div>
      </div>
    </Sheet>
  );
}

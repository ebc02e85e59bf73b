import { Button, Select, Switch, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NoticeSettings, NoticeSettingsBody } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { CalendarAddress } from './CalendarAddress';
import css from './settings.module.css';
import { useNoticeSettings, useSaveNoticeSettings } from './settings';

type Props = { settings: NoticeSettings; form: NoticeSettingsBody; onChange: (form: NoticeSettingsBody) => void };

function Matrix({ settings, form, onChange }: Props) {
  const { t } = useTranslation('notices');
  const name = useName();
  return (
    <div className={css.scroll} role="region" aria-label={t('settings.channels')} tabIndex={0}>
      <table className={css.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('settings.group')}</th>
            {settings.available.map((channel) => (
              <th key={channel.key} scope="col">
                {name(channel.name)}
                <small>{channel.is_on ? channel.address : t('settings.channelOff')}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{name(group.name)}</th>
              {settings.available.map((channel) => (
                <td key={channel.key}>
                  <Switch
                    size="small"
                    aria-label={`${name(group.name)} ${name(channel.name)}`}
                    disabled={channel.is_fixed || !channel.is_on}
                    checked={channel.is_fixed || (form.channels?.[group.key]?.[channel.key] ?? false)}
                    onChange={(on) => {
                      onChange({ ...form, channels: { ...form.channels, [group.key]: { ...form.channels?.[group.key], [channel.key]: on } } });
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Times({ form, onChange }: Omit<Props, 'settings'>) {
  const { t } = useTranslation('notices');
  const at = (text: string | undefined) => (text ? dayjs(`2026-01-01T${text}`) : null);
  return (
    <>
      <div className={css.line}>
        <Switch
          aria-label={t('settings.quiet')}
          checked={Boolean(form.quiet)}
          onChange={(on) => {
            onChange({ ...form, quiet: on ? { from: '22:00', to: '08:00' } : null });
          }}
        />
        <span className={css.label}>
          {t('settings.quiet')}
          <small>{t('settings.quietHint')}</small>
        </span>
        {form.quiet &&
          (['from', 'to'] as const).map((end) => (
            <TimePicker
              key={end}
              format="HH:mm"
              minuteStep={5}
              allowClear={false}
              aria-label={t(`settings.quietEnd.${end}`)}
              value={at(form.quiet?.[end])}
              onChange={(next) => {
                if (form.quiet && next) onChange({ ...form, quiet: { ...form.quiet, [end]: next.format('HH:mm') } });
              }}
            />
          ))}
      </div>
      <div className={css.line}>
        <span className={css.label}>
          {t('settings.digest')}
          <small>{t('settings.digestHint')}</small>
        </span>
        <Select
          aria-label={t('settings.digest')}
          style={{ minWidth: 140 }}
          value={form.digest}
          options={(['off', 'hourly', 'daily'] as const).map((kind) => ({ value: kind, label: t(`settings.digests.${kind}`) }))}
          onChange={(digest) => {
            onChange({ ...form, digest });
          }}
        />
        {form.digest === 'daily' && (
          <TimePicker
            format="HH:mm"
            minuteStep={5}
            allowClear={false}
            aria-label={t('settings.digestAt')}
            value={at(form.digest_at)}
            onChange={(next) => {
              if (next) onChange({ ...form, digest_at: next.format('HH:mm') });
            }}
          />
        )}
      </div>
    </>
  );
}

function Form({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation('notices');
  const say = useToast();
  const save = useSaveNoticeSettings();
  const [form, setForm] = useState<NoticeSettingsBody>({
    channels: settings.channels,
    quiet: settings.quiet,
    digest: settings.digest,
    digest_at: settings.digest_at,
    time_zone: settings.time_zone,
  });
  return (
    <>
      <section className={css.panel} aria-label={t('settings.channels')}>
        <h2>{t('settings.channels')}</h2>
        <Matrix settings={settings} form={form} onChange={setForm} />
      </section>
      <section className={css.panel} aria-label={t('settings.times')}>
        <h2>{t('settings.times')}</h2>
        <Times form={form} onChange={setForm} />
      </section>
      <div className={css.footer}>
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => {
            save.mutate(form, {
              onSuccess: () => {
                say('ok', t('saved', { ns: 'ui' }));
              },
              onError: (error) => {
                say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
              },
            });
          }}
        >
          {t('save', { ns: 'ui' })}
        </Button>
      </div>
    </>
  );
}

/** How one wants to be told: which news over which channel, when not, and what together. */
export default function NoticeSettingsPage() {
  const { t } = useTranslation('notices');
  const settings = useNoticeSettings();
  return (
    <div className={css.page}>
      <h1>{t('settings.title')}</h1>
      <Faces query={settings} rows={8}>
        {(data) => <Form settings={data} />}
      </Faces>
      <CalendarAddress />
    </div>
  );
}

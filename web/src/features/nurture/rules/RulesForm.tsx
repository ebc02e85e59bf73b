import { Button, Input, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { NurtureSettings, NurtureSettingsBody } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { kindIcon } from '@/features/nurture/path/kindIcon';
import { useChangeSettings } from '@/features/nurture/sending';
import { useToast } from '@/ui/toast';

type Limits = NurtureSettingsBody['channels'][number];

function limitsOf(settings: NurtureSettings): Limits[] {
  return settings.channels.map(({ channel, per_day, per_week, from_time, to_time, only_working_days }) => ({ channel, per_day, per_week, from_time, to_time, only_working_days }));
}

function ChannelLimits({ limits, state, onChange }: { limits: Limits; state: NurtureSettings['channels'][number]; onChange: (part: Partial<Limits>) => void }) {
  const { t } = useTranslation('nurture');
  const channel = t(`channel.${limits.channel}`);
  return (
    <section className={css.card} aria-label={channel}>
      <div className={css.ruleHead}>
        <h2 className="grow">
          {kindIcon(limits.channel)} {channel}
        </h2>
        <span className={css.pill} data-tone={state.is_ready ? 'ok' : 'warn'}>
          {t(state.is_ready ? 'rules.ready' : 'rules.notReady')}
        </span>
      </div>
      {!state.is_ready && (
        <p className={css.warn}>
          {t('rules.missing')} <Link to="/admin/channels">{t('send.setUp')}</Link>
        </p>
      )}
      <div className={css.form}>
        <div className={css.two}>
          {(['per_day', 'per_week'] as const).map((key) => (
            <label key={key}>
              <span>{t(`rules.${key}`)}</span>
              <InputNumber<number> aria-label={t('rules.of', { what: t(`rules.${key}`), channel })} controls={false} min={0} max={key === 'per_day' ? 100 : 700} precision={0} style={{ width: '100%' }} value={limits[key]} onChange={(value) => { onChange({ [key]: value ?? 0 }); }} />
            </label>
          ))}
          {(['from_time', 'to_time'] as const).map((key) => (
            <label key={key}>
              <span>{t(`rules.${key}`)}</span>
              <Input type="time" aria-label={t('rules.of', { what: t(`rules.${key}`), channel })} value={limits[key] ?? ''} onChange={(event) => { onChange({ [key]: event.target.value || null }); }} />
            </label>
          ))}
        </div>
        <label className={css.inline}>
          <Switch aria-label={t('rules.of', { what: t('rules.onlyWorkingDays'), channel })} checked={limits.only_working_days} onChange={(only_working_days) => { onChange({ only_working_days }); }} />
          <span>{t('rules.onlyWorkingDays')}</span>
        </label>
        {state.guarantee && <p className="muted">{t(`rules.guarantees.${limits.channel}`)}</p>}
      </div>
    </section>
  );
}

/** The limits of every channel in one form. */
export function RulesForm({ settings }: { settings: NurtureSettings }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const change = useChangeSettings();
  const [limits, setLimits] = useState(() => limitsOf(settings));
  const isSame = JSON.stringify(limits) === JSON.stringify(limitsOf(settings));
  const store = () => {
    change.mutate(
      { channels: limits },
      {
        onSuccess: (kept) => {
          setLimits(limitsOf(kept));
          say('ok', t('saved', { ns: 'ui' }));
        },
        onError: (error) => { say('bad', problemOf(error)?.errors[0]?.message ?? problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <>
      <div className={css.cards}>
        {limits.map((one, index) => {
          const state = settings.channels.find((channel) => channel.channel === one.channel);
          return state && <ChannelLimits key={one.channel} limits={one} state={state} onChange={(part) => { setLimits(limits.map((other, place) => (place === index ? { ...other, ...part } : other))); }} />;
        })}
      </div>
      <div>
        <Button type="primary" disabled={isSame} loading={change.isPending} onClick={store}>
          {t('save', { ns: 'ui' })}
        </Button>
      </div>
    </>
  );
}

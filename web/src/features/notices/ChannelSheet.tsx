import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Channel, ChannelField } from '@/api/types';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { isWanted, touchedOf, type Value, type Values } from './channel';
import { useSaveChannel, useTryChannel } from './settings';
import css from './settings.module.css';


function FieldControl({ field, value, isSet, onChange }: { field: ChannelField; value: Value; isSet: boolean; onChange: (value: Value) => void }) {
  const { t } = useTranslation('notices');
  const label = useName()(field.name);
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'boolean':
      return <Switch aria-label={label} checked={value === true} onChange={onChange} />;
    case 'number':
      return <InputNumber aria-label={label} style={{ width: '100%' }} value={typeof value === 'number' ? value : null} onChange={onChange} />;
    case 'choice':
      return <Select aria-label={label} value={text || undefined} options={field.choices.map((one) => ({ value: one, label: t(`channels.choice.${one}`, { defaultValue: one }) }))} onChange={onChange} />;
    case 'secret':
      return (
        <Input.Password
          aria-label={label}
          autoComplete="new-password"
          value={text}
          placeholder={isSet ? t('channels.secretSet') : ''}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
    default:
      return (
        <Input
          aria-label={label}
          value={text}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      );
  }
}

/** Settings of one channel, and a test message to oneself. */
export default function ChannelSheet({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('notices');
  const name = useName();
  const say = useToast();
  const save = useSaveChannel();
  const test = useTryChannel();
  const before = channel.settings as Values;
  const [values, setValues] = useState<Values>(before);
  const touched = touchedOf(channel.fields, before, values);
  const failed = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  return (
    <Sheet
      title={name(channel.name)}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button
            loading={test.isPending}
            disabled={!channel.is_complete || Object.keys(touched).length > 0}
            onClick={() => {
              test.mutate(channel.key, { onError: failed });
            }}
          >
            {t('channels.test')}
          </Button>
          {channel.fields.length > 0 && (
            <Button
              type="primary"
              loading={save.isPending}
              onClick={() => {
                save.mutate(
                  { key: channel.key, is_on: channel.is_on, settings: touched },
                  {
                    onSuccess: (kept) => {
                      setValues(kept.settings as Values);
                      say('ok', t('saved', { ns: 'ui' }));
                    },
                    onError: failed,
                  },
                );
              }}
            >
              {t('save', { ns: 'ui' })}
            </Button>
          )}
        </div>
      }
    >
      <div className={css.form}>
        <p className="muted">{channel.guarantee_text}</p>
        {test.data && (
          <p className={css.result} role="status" data-bad={(!test.data.is_sent && !test.data.is_uncertain) || undefined} data-unsure={test.data.is_uncertain || undefined}>
            {test.data.is_sent ? t('channels.sent') : test.data.reason} {test.data.detail}
          </p>
        )}
        {channel.fields
          .filter((field) => isWanted(field, values))
          .map((field) => (
            <div key={field.key} data-field="true">
              <span>
                {name(field.name)} {field.is_required && <b className={css.bad}>*</b>}
              </span>
              <FieldControl
                field={field}
                value={values[field.key] ?? null}
                isSet={channel.secrets_set.includes(field.key)}
                onChange={(value) => {
                  setValues({ ...values, [field.key]: value });
                }}
              />
            </div>
          ))}
      </div>
    </Sheet>
  );
}

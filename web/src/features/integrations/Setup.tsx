import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Integration } from '@/api/types';
import { CopyButton } from '@/ui/CopyButton';
import { useRoles } from '@/features/org/admin';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useCheckIntegration, useSaveIntegration } from './integrations';
import css from './integrations.module.css';
import { partsOf, touchedSettings } from './setup';

function Addresses({ integration }: { integration: Integration }) {
  const { t } = useTranslation('integrations');
  const lines = [
    { key: 'domain', value: integration.trusted_domain },
    { key: 'return', value: integration.sign_in_return_url },
    { key: 'callback', value: integration.callback_url },
  ].filter((line): line is { key: string; value: string } => Boolean(line.value));
  return (
    <dl className={css.addresses} aria-label={t('addresses.title')}>
      {lines.map((line) => (
        <div key={line.key}>
          <dt>{t(`addresses.${line.key}`)}</dt>
          <dd>
            <code>{line.value}</code> <CopyButton text={line.value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The settings of a provider; secrets go in and never come out. */
export function Setup({ integration }: { integration: Integration }) {
  const { t } = useTranslation('integrations');
  const name = useName();
  const say = useToast();
  const save = useSaveIntegration(integration.key);
  const check = useCheckIntegration(integration.key);
  const [values, setValues] = useState<Record<string, string>>(integration.settings);
  const [on, setOn] = useState(integration.is_on);
  const [signsIn, setSignsIn] = useState(integration.signs_in);
  const roles = useRoles().data ?? [];
  const problem = problemOf(save.error);
  const failed = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  return (
    <section className={css.panel} aria-label={t('setup')}>
      <div className={css.switches}>
        <label>
          <Switch aria-label={t('isOn', { name: name(integration.name) })} checked={on} onChange={setOn} /> {t('isOn', { name: name(integration.name) })}
        </label>
        <label>
          <Switch aria-label={t('signsIn', { name: name(integration.name) })} checked={signsIn} onChange={setSignsIn} /> {t('signsIn', { name: name(integration.name) })}
        </label>
        {!integration.is_complete && <span className={css.warn}>{t('incomplete')}</span>}
        <span className="muted">{t('linked', { count: integration.linked })}</span>
      </div>
      <div className={css.parts}>
        {partsOf(integration.fields).map(([part, fields]) => (
          <fieldset key={part} className={css.part}>
            <legend>{t(`part.${part}`)}</legend>
            {fields.map((field) => {
              const fault = problem?.errors.find((one) => one.field.endsWith(field.key));
              const Box = field.is_secret ? Input.Password : Input;
              return (
                <label key={field.key}>
                  <span>
                    {name(field.name)} {field.is_required && <b className={css.bad}>*</b>}
                  </span>
                  {field.key === 'new_role' ? (
                    <Select
                      aria-label={name(field.name)}
                      allowClear
                      value={values[field.key] || undefined}
                      options={roles.map((one) => ({ value: one.key, label: name(one.name) }))}
                      onChange={(role?: string) => { setValues({ ...values, [field.key]: role ?? '' }); }}
                    />
                  ) : (
                    <Box
                      autoComplete={field.is_secret ? 'new-password' : 'off'}
                      status={fault ? 'error' : ''}
                      placeholder={field.is_secret && field.is_set ? t('secretSet') : undefined}
                      value={values[field.key] ?? ''}
                      onChange={(event) => { setValues({ ...values, [field.key]: event.target.value }); }}
                    />
                  )}
                  {fault && <span className={css.bad}>{fault.message}</span>}
                </label>
              );
            })}
          </fieldset>
        ))}
      </div>
      <Addresses integration={integration} />
      {problem && (
        <p className={css.bad} role="alert">
          {problem.message}
        </p>
      )}
      <div className={css.footer}>
        <Button
          loading={check.isPending}
          disabled={!integration.is_complete}
          onClick={() => {
            check.mutate(undefined, {
              onSuccess: () => {
                say('ok', t('checked'));
              },
              onError: failed,
            });
          }}
        >
          {t('check')}
        </Button>
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => {
            save.mutate(
              { is_on: on, signs_in: signsIn, settings: touchedSettings(integration, values) },
              {
                onSuccess: (kept) => {
                  setValues(kept.settings);
                  say('ok', t('saved', { ns: 'ui' }));
                },
                onError: failed,
              },
            );
          }}
        >
          {t('save', { ns: 'ui' })}
        </Button>
      </div>
    </section>
  );
}

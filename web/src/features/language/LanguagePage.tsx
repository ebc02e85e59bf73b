import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { LanguageSetup, LanguageSetupBody } from '@/api/types';
import { useUnits } from '@/features/org/admin';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { treeOptions } from '@/features/org/tree';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import css from './language.module.css';
import { Questions } from './Questions';
import { useChangeLanguage, useLanguage, useTryLanguage } from './queries';

function Numbers({ setup, put }: { setup: LanguageSetupBody; put: (part: Partial<LanguageSetupBody>) => void }) {
  const { t } = useTranslation('language');
  return (
    <>
      {([['timeout_s', 60], ['calls_a_day', 1_000_000], ['tokens_a_day', 1_000_000_000]] as const).map(([key, most]) => (
        <label key={key}>
          {t(`field.${key}`)}
          <InputNumber controls={false} style={{ width: '100%' }} min={key === 'timeout_s' ? 1 : 0} max={most} value={setup[key] ?? 0} onChange={(value) => { put({ [key]: value ?? 0 }); }} />
        </label>
      ))}
    </>
  );
}

/** Where the model is, for whom it is on, how much it may be asked; it is tried before it is trusted. */
function Setup({ held }: { held: LanguageSetup }) {
  const { t } = useTranslation('language');
  const say = useToast();
  const change = useChangeLanguage();
  const attempt = useTryLanguage();
  const units = useUnits();
  const [wanted, setWanted] = useState<Partial<LanguageSetupBody>>({});
  const setup = { ...held, person_ids: held.people.map((one) => one.id), ...wanted } as LanguageSetupBody;
  const put = (part: Partial<LanguageSetupBody>) => { setWanted((before) => ({ ...before, ...part })); };
  const bad = (error: unknown) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); };
  const save = () => {
    change.mutate(
      { ...wanted, revision: held.revision },
      {
        onSuccess: () => {
          setWanted({});
          say('ok', t('saved', { ns: 'ui' }));
        },
        onError: bad,
      },
    );
  };
  const tryIt = () => {
    attempt.mutate(undefined, {
      onSuccess: (tried) => { say(tried.outcome === 'answered' ? 'ok' : 'bad', t('tried', { outcome: t(`outcome.${tried.outcome}`), ms: tried.took_ms, text: tried.answer || tried.error })); },
      onError: bad,
    });
  };
  return (
    <section className={css.panel}>
      <div className={css.actions} style={{ marginTop: 0, marginBottom: 12 }}>
        <Switch aria-label={t('field.is_on')} checked={setup.is_on ?? false} onChange={(is_on) => { put({ is_on }); }} />
        <strong>{t(setup.is_on ? 'on' : 'off')}</strong>
        <span className="muted">{t('today', { calls: held.calls_today, tokens: held.tokens_today })}</span>
      </div>
      <div className={css.form}>
        <label>
          {t('field.base_url')}
          <Input type="url" placeholder="https://" value={setup.base_url ?? ''} onChange={(event) => { put({ base_url: event.target.value.trim() }); }} />
        </label>
        <label>
          {t('field.model')}
          <Input value={setup.model ?? ''} onChange={(event) => { put({ model: event.target.value }); }} />
        </label>
        <label>
          {t('field.key')}
          <Input.Password autoComplete="new-password" placeholder={t(held.has_key ? 'keyKept' : 'keyNone')} value={wanted.key ?? ''} onChange={(event) => { put({ key: event.target.value || undefined }); }} />
        </label>
        <Numbers setup={setup} put={put} />
        <div className={css.field}>
          {t('field.for_everybody')}
          <span>
            <Switch aria-label={t('field.for_everybody')} checked={setup.for_everybody ?? false} onChange={(for_everybody) => { put({ for_everybody }); }} />
          </span>
        </div>
        {!setup.for_everybody && (
          <>
            <div className={css.field}>
              {t('field.unit_ids')}
              <Select<number[]> mode="multiple" showSearch={{ optionFilterProp: 'label' }} aria-label={t('field.unit_ids')} options={treeOptions(units.data ?? [])} value={setup.unit_ids ?? []} onChange={(unit_ids) => { put({ unit_ids }); }} />
            </div>
            <div className={css.field}>
              {t('field.person_ids')}
              <PeoplePicker label={t('field.person_ids')} value={setup.person_ids ?? []} onChange={(person_ids) => { put({ person_ids }); }} />
            </div>
          </>
        )}
      </div>
      <div className={css.actions}>
        <Button type="primary" loading={change.isPending} disabled={Object.keys(wanted).length === 0} onClick={save}>
          {t('save', { ns: 'ui' })}
        </Button>
        <Button loading={attempt.isPending} disabled={!held.is_on || Object.keys(wanted).length > 0} onClick={tryIt}>
          {t('try')}
        </Button>
      </div>
    </section>
  );
}

/** The one door to a language model, off by default: setup, gradual release, what left. */
export default function LanguagePage() {
  const { t } = useTranslation('language');
  const language = useLanguage();
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="muted">{t('hint')}</p>
      <Faces query={language}>{(held) => <Setup key={held.revision} held={held} />}</Faces>
      <Questions />
    </>
  );
}

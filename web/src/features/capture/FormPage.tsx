import { Button, Input, Switch } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { FormDefinition, FormState } from '@/api/types';
import { CopyButton } from '@/ui/CopyButton';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { FormFields } from './FormFields';
import { FormPreview } from './FormPreview';
import { useForm, usePublishForm, useSaveForm } from './capture';
import css from './capture.module.css';

type Words = { 'zh-CN'?: string; 'en-US'?: string };
const languages = ['zh-CN', 'en-US'] as const;
const PAUSE_MS = 600;

/** Builds a public form: its fields and words, what it looks like, where it is published. */
export default function FormPage() {
  const { t } = useTranslation('capture');
  const id = Number(useParams()['id']);
  const form = useForm(id);
  return (
    <div className={css.page}>
      <Link to="/capture/channels">← {t('form.back')}</Link>
      <Faces query={form} rows={10}>
        {(state) => <Builder key={state.channel.id} id={id} state={state} />}
      </Faces>
    </div>
  );
}

function Builder({ id, state }: { id: number; state: FormState }) {
  const { t } = useTranslation('capture');
  const name = useName();
  const say = useToast();
  const save = useSaveForm(id);
  const publish = usePublishForm(id);
  const [draft, setDraft] = useState<FormDefinition>(state.draft);
  const timer = useRef<number | undefined>(undefined);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
    },
    [],
  );
  const failed = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  const change = (next: FormDefinition) => {
    setDraft(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      save.mutate(next, { onError: failed });
    }, PAUSE_MS);
  };
  const release = () => {
    window.clearTimeout(timer.current);
    save.mutate(draft, {
      onSuccess: (kept) => {
        if (kept.problems.length > 0) {
          say('bad', t('form.faulty'));
          return;
        }
        publish.mutate(undefined, {
          onSuccess: (made) => {
            say('ok', t('form.publishedNow', { number: made.published_number }));
          },
          onError: failed,
        });
      },
      onError: failed,
    });
  };
  const consent = draft.consent ?? null;
  return (
    <>
      <div className={css.bar}>
        <h1>{name(state.channel.name)}</h1>
        <div className={css.buttons}>
          <span className="muted" role="status">
            {save.isPending ? t('form.saving') : state.published_number ? t(state.is_changed ? 'form.changed' : 'form.published', { number: state.published_number }) : t('channel.unpublished')}
          </span>
          <Button type="primary" loading={publish.isPending} disabled={state.problems.length > 0 && !save.isPending} onClick={release}>
            {t('form.publish')}
          </Button>
        </div>
      </div>
      {state.problems.length > 0 && (
        <ul className={css.reasons} role="status">
          {state.problems.map((one) => (
            <li key={`${one.field}-${one.code}`}>{t(`form.places.${one.field.split('.')[0] ?? ''}`, { defaultValue: one.field })}：{one.message}</li>
          ))}
        </ul>
      )}
      <div className={css.builder}>
        <div className={css.form}>
          <section className={css.card}>
            <h2>{t('form.words')}</h2>
            <WordPair label={t('form.title')} words={draft.title} onChange={(title) => { change({ ...draft, title }); }} />
            <WordPair label={t('form.intro')} isLong words={draft.intro ?? {}} onChange={(intro) => { change({ ...draft, intro }); }} />
            <WordPair label={t('form.thanks')} isLong words={draft.thanks} onChange={(thanks) => { change({ ...draft, thanks }); }} />
          </section>
          <section className={css.card}>
            <h2>{t('form.fields')}</h2>
            <FormFields fields={draft.fields} offered={state.offered} onChange={(fields) => { change({ ...draft, fields }); }} />
          </section>
          <section className={css.card}>
            <h2>{t('form.consent')}</h2>
            <label className={css.inline}>
              <Switch
                aria-label={t('form.asksConsent')}
                checked={Boolean(consent)}
                onChange={(on) => { change({ ...draft, consent: on ? { text: { 'zh-CN': '', 'en-US': '' }, required: true } : null }); }}
              />{' '}
              <span>{t('form.asksConsent')}</span>
            </label>
            {consent && <WordPair label={t('form.consentText')} isLong words={consent.text} onChange={(text) => { change({ ...draft, consent: { ...consent, text } }); }} />}
            <p className="muted">{t('form.consentHint')}</p>
          </section>
          {state.published_number !== null && <Share id={id} state={state} />}
        </div>
        <section className={css.card}>
          <h2>{t('form.preview')}</h2>
          <FormPreview draft={draft} offered={state.offered} />
        </section>
      </div>
    </>
  );
}

function WordPair({ label, words, isLong, onChange }: { label: string; words: Words; isLong?: boolean; onChange: (words: Words) => void }) {
  const { t } = useTranslation('capture');
  const Control = isLong ? Input.TextArea : Input;
  return (
    <div className={css.pair}>
      {languages.map((language) => (
        <label key={language}>
          <span>{t('form.inLanguage', { label, language: t(`languages.${language}`) })}</span>
          <Control value={words[language] ?? ''} onChange={(event) => { onChange({ ...words, [language]: event.target.value }); }} />
        </label>
      ))}
    </div>
  );
}

function Share({ id, state }: { id: number; state: FormState }) {
  const { t } = useTranslation('capture');
  return (
    <section className={css.card}>
      <h2>{t('form.share')}</h2>
      <div className={css.share}>
        <img src={`/api/capture/channels/${id}/qr`} alt={t('form.code')} />
        <div className={css.form}>
          <div className={css.copied}>
            <a href={state.address} target="_blank" rel="noreferrer"><code>{state.address}</code></a>
            <CopyButton text={state.address} />
          </div>
          <span>{t('form.snippet')}</span>
          <div className={css.copied}>
            <code>{state.snippet}</code>
            <CopyButton text={state.snippet} />
          </div>
        </div>
      </div>
    </section>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { SpeechBody } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import { useChangeSpeech, useSpeech } from './sources';
import css from './conversations.module.css';

const BACKENDS: SpeechBody['backend'][] = ['off', 'service', 'local'];
type Field = 'base_url' | 'model' | 'model_path' | 'language' | 'words';
const FIELDS: Record<SpeechBody['backend'], Field[]> = { off: [], service: ['base_url', 'model', 'language', 'words'], local: ['model_path', 'language', 'words'] };

function Form({ held }: { held: SpeechBody & { has_key: boolean } }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const change = useChangeSpeech();
  const [given, setGiven] = useState<SpeechBody>({ backend: held.backend, base_url: held.base_url, model: held.model, model_path: held.model_path, language: held.language, words: held.words });
  return (
    <form
      className={css.part}
      aria-labelledby="speech"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(given, {
          onSuccess: () => { say('ok', t('saved')); },
          onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); },
        });
      }}
    >
      <h2 id="speech">{t('speech.title')}</h2>
      <label className={css.field}>
        {t('speech.backend')}
        <select className={css.input} value={given.backend} onChange={(event) => { setGiven({ ...given, backend: event.target.value as SpeechBody['backend'] }); }}>
          {BACKENDS.map((one) => (
            <option key={one} value={one}>
              {t(`speech.backends.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="muted">{t(`speech.hints.${given.backend}`)}</p>
      <div className={css.grid}>
        {FIELDS[given.backend].map((field) => (
          <label key={field} className={css.field}>
            {t(`speech.fields.${field}`)}
            <input className={css.input} value={given[field] ?? ''} onChange={(event) => { setGiven({ ...given, [field]: event.target.value }); }} />
          </label>
        ))}
        {given.backend === 'service' && (
          <label className={css.field}>
            {t('speech.fields.key')}
            <input className={css.input} type="password" autoComplete="off" placeholder={held.has_key ? t('speech.keyKept') : ''} onChange={(event) => { setGiven({ ...given, key: event.target.value || null }); }} />
          </label>
        )}
      </div>
      <div className={css.buttons}>
        <button type="submit" className={css.primary} disabled={change.isPending}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}

/** How recordings are written down: not at all, by a service, or on the company's own machine. */
export function SpeechForm() {
  const speech = useSpeech();
  return <Faces query={speech}>{(held) => <Form key={JSON.stringify(held)} held={held} />}</Faces>;
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { LogSetup } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime, listed } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useLogSetup } from './queries';
import css from './saleslog.module.css';

type Names = { 'zh-CN': string; 'en-US': string };
type EventType = { key: string; name: Names; support?: string | null; asks_support?: boolean; needs_reason?: boolean; needs_customer?: boolean; reasons?: { key: string; name: Names }[] };
type Definition = { types: EventType[]; writers: string[]; reminder: string; due: string; surge: { percent: number; at_least: number } };

function TypeEditor({ type, setup, onChange }: { type: EventType; setup: LogSetup; onChange: (type: EventType) => void }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const ticks = [
    ['needs_reason', 'needsReason', type.needs_reason === true],
    ['needs_customer', 'needsCustomer', type.needs_customer !== false],
    ['asks_support', 'asks', type.asks_support === true],
  ] as const;
  return (
    <fieldset className={css.panel} aria-label={name(type.name)}>
      <div className={css.chips}>
        {(['zh-CN', 'en-US'] as const).map((language) => (
          <input key={language} aria-label={`${name(type.name)} ${t(`settings.${language}`)}`} maxLength={60} value={type.name[language]} onChange={(event) => { onChange({ ...type, name: { ...type.name, [language]: event.target.value } }); }} />
        ))}
        <select aria-label={`${name(type.name)} ${t('settings.support')}`} value={type.support ?? ''} onChange={(event) => { onChange({ ...type, support: event.target.value || null, asks_support: event.target.value ? type.asks_support : false }); }}>
          <option value="">{t('settings.noSupport')}</option>
          {setup.support_kinds.map((kind) => (
            <option key={kind.key} value={kind.key}>
              {name(kind.name)}
            </option>
          ))}
        </select>
      </div>
      <div className={css.extras}>
        {ticks.map(([key, word, value]) => (
          <label key={key} className={css.tick}>
            <input type="checkbox" checked={value} onChange={(event) => { onChange({ ...type, [key]: event.target.checked }); }} />
            {t(`settings.${word}`)}
          </label>
        ))}
      </div>
      {type.reasons && type.reasons.length > 0 && (
        <p className="muted">
          {t('settings.reasons')}: {listed(type.reasons.map((one) => name(one.name)))}
        </p>
      )}
    </fieldset>
  );
}

function Editor({ setup, publish }: { setup: LogSetup; publish: ReturnType<typeof useLogSetup>['publish'] }) {
  const { t } = useTranslation('saleslog');
  const name = useName();
  const say = useToast();
  const [definition, setDefinition] = useState(setup.definition as unknown as Definition);
  const problem = problemOf(publish.error);
  const set = (change: Partial<Definition>) => { setDefinition({ ...definition, ...change }); };
  return (
    <>
      <section className={css.panel} aria-labelledby="times">
        <h2 id="times">{t('settings.times')}</h2>
        <div className={css.chips}>
          {(['reminder', 'due'] as const).map((key) => (
            <label key={key} className={css.field}>
              {t(`settings.${key}`)}
              <input type="time" value={definition[key]} onChange={(event) => { set({ [key]: event.target.value }); }} />
            </label>
          ))}
        </div>
        <h3>{t('settings.writers')}</h3>
        <div className={css.extras}>
          {setup.roles.map((role) => (
            <label key={role.key} className={css.tick}>
              <input type="checkbox" checked={definition.writers.includes(role.key)} onChange={(event) => { set({ writers: event.target.checked ? [...definition.writers, role.key] : definition.writers.filter((one) => one !== role.key) }); }} />
              {name(role.name)}
            </label>
          ))}
        </div>
        <h3>{t('settings.surge')}</h3>
        <div className={css.chips}>
          <label className={css.field}>
            {t('settings.percent')}
            <input type="number" min={1} max={1000} value={definition.surge.percent} onChange={(event) => { set({ surge: { ...definition.surge, percent: Number(event.target.value) } }); }} />
          </label>
          <label className={css.field}>
            {t('settings.atLeast')}
            <input type="number" min={1} max={10000} value={definition.surge.at_least} onChange={(event) => { set({ surge: { ...definition.surge, at_least: Number(event.target.value) } }); }} />
          </label>
        </div>
      </section>
      <h2>{t('settings.types')}</h2>
      {definition.types.map((type, place) => (
        <TypeEditor key={type.key} type={type} setup={setup} onChange={(next) => { set({ types: definition.types.map((one, at) => (at === place ? next : one)) }); }} />
      ))}
      {problem && (
        <p className={css.bad} role="alert">
          {problem.message}
        </p>
      )}
      <div className={css.bottom}>
        <button type="button" disabled={publish.isPending} onClick={() => { publish.mutate({ version: setup.version, definition }, { onSuccess: (kept) => { say('ok', t('settings.published', { version: kept.version })); } }); }}>
          {t('settings.publish')}
        </button>
      </div>
    </>
  );
}

/** Types of events, who writes logs, when, and what counts as a surge; published in versions. */
export default function SettingsPage() {
  const { t } = useTranslation('saleslog');
  const { setup, publish } = useLogSetup();
  return (
    <div className={css.page}>
      <h1>{t('settings.page')}</h1>
      <Faces query={setup} rows={8}>
        {(data) => (
          <>
            <p className="muted">
              {t('settings.version', { version: data.version })} {data.published_at && dateTime(data.published_at)} {data.published_by?.name}
            </p>
            <Editor key={data.version} setup={data} publish={publish} />
          </>
        )}
      </Faces>
    </div>
  );
}

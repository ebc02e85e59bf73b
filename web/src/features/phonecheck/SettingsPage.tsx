import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PhoneCheckSettings, PhoneCheckSettingsBody } from '@/api/types';
import { FilePick } from '@/ui/FilePick';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { useChangeSettings, useReadWeCom, useSettings, useTakeFile } from './phonecheck';
import css from './phonecheck.module.css';

function useSaying() {
  const { t } = useTranslation('phonecheck');
  const say = useToast();
  return (text: string) => ({
    onSuccess: () => { say('ok', text); },
    onError: (error: Error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
  });
}

function WasRead({ held, source }: { held: PhoneCheckSettings; source: 'wecom' | 'registry' }) {
  const { t } = useTranslation('phonecheck');
  const read = held.readings[source];
  return (
    <>
      <p className="muted">
        {source === 'wecom' ? t('settings.keptPeople', { count: held.kept.people, linked: held.kept.linked }) : t('settings.keptCompanies', { count: held.kept.companies })}
        {read?.at && ` · ${t('settings.readAt', { at: dateTime(read.at) })}`}
      </p>
      {read?.problem && (
        <p className={css.problem}>
          {read.problem.startsWith('account_missing') ? t('settings.noAccount') : t('settings.problem', { problem: read.problem })}
        </p>
      )}
    </>
  );
}

function FromFile() {
  const { t } = useTranslation('phonecheck');
  const say = useToast();
  const saying = useSaying();
  const take = useTakeFile();
  return (
    <label className={css.field}>
      {t('settings.file')}
      <FilePick
        label={t('settings.file')}
        names={[]}
        accept=".csv,.xlsx,.xls"
        disabled={take.isPending}
        onFiles={([file]) => {
          if (file) take.mutate(file, { ...saying(''), onSuccess: (found) => { say('ok', t('settings.fileTaken', { count: found.taken, left: found.left_out })); } });
        }}
      />
      <small className="muted">{t('settings.fileHint')}</small>
    </label>
  );
}

function Form({ held }: { held: PhoneCheckSettings }) {
  const { t } = useTranslation('phonecheck');
  const saying = useSaying();
  const change = useChangeSettings();
  const read = useReadWeCom();
  const [given, setGiven] = useState<PhoneCheckSettingsBody>({ uses_wecom: held.uses_wecom, uses_registry: held.uses_registry, is_strict: held.is_strict, provider: held.provider, base_url: held.base_url });
  const tick = (key: 'uses_wecom' | 'uses_registry' | 'is_strict') => (
    <label className={css.tick}>
      <input type="checkbox" checked={given[key]} onChange={(event) => { setGiven({ ...given, [key]: event.target.checked }); }} />
      {t(`settings.${key}`)}
    </label>
  );
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(given, saying(t('settings.saved')));
      }}
    >
      <section className={css.part} aria-labelledby="by-wecom">
        <h2 id="by-wecom">{t('sources.wecom')}</h2>
        {tick('uses_wecom')}
        <p className="muted">{t('settings.wecomHint')}</p>
        <WasRead held={held} source="wecom" />
        <div className={css.buttons}>
          <button type="button" className={css.button} disabled={!held.uses_wecom || read.isPending} onClick={() => { read.mutate(undefined, saying(t('settings.reading'))); }}>
            {t('settings.readNow')}
          </button>
        </div>
      </section>
      <section className={css.part} aria-labelledby="by-registry">
        <h2 id="by-registry">{t('sources.registry')}</h2>
        {tick('uses_registry')}
        {tick('is_strict')}
        <p className="muted">{t('settings.strictHint')}</p>
        <WasRead held={held} source="registry" />
        <FromFile />
        <label className={css.field}>
          {t('settings.provider')}
          <select className={css.input} value={given.provider} onChange={(event) => { setGiven({ ...given, provider: event.target.value }); }}>
            <option value="">{t('settings.providers.none')}</option>
            {held.providers.map((one) => (
              <option key={one} value={one}>
                {t(`settings.providers.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {given.provider && (
          <>
            <label className={css.field}>
              {t('settings.key')}
              <input className={css.input} type="password" autoComplete="off" placeholder={held.has_key ? t('settings.keyKept') : ''} onChange={(event) => { setGiven({ ...given, key: event.target.value || null }); }} />
            </label>
            <label className={css.field}>
              {t('settings.address')}
              <input className={css.input} value={given.base_url} placeholder={t('settings.addressHint')} onChange={(event) => { setGiven({ ...given, base_url: event.target.value }); }} />
            </label>
          </>
        )}
      </section>
      <div className={css.buttons}>
        <button type="submit" className={css.primary} disabled={change.isPending}>
          {t('settings.save')}
        </button>
      </div>
    </form>
  );
}

/** By which sources phones are checked. */
export default function SettingsPage() {
  const { t } = useTranslation('phonecheck');
  const settings = useSettings();
  return (
    <div className={css.page}>
      <Link to="/phone-checks">{t('back')}</Link>
      <h1>{t('settings.title')}</h1>
      <p className="muted">{t('settings.hint')}</p>
      <Faces query={settings} rows={6}>
        {(held) => <Form key={JSON.stringify([held.uses_wecom, held.uses_registry, held.is_strict, held.provider, held.has_key])} held={held} />}
      </Faces>
    </div>
  );
}

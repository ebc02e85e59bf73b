import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { NewTalkSource, TalkSource } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { SpeechForm } from './SpeechForm';
import { useChangeThreshold, useMakeSource, useRemoveSource, useSources, useSwitchSource, useThreshold } from './sources';
import css from './conversations.module.css';

const KINDS: NewTalkSource['kind'][] = ['mailbox', 'wecom', 'dingtalk'];
const MAIL_FIELDS = ['address', 'host', 'port', 'user', 'password', 'folder', 'sent_folder'];

function One({ source }: { source: TalkSource }) {
  const { t } = useTranslation('conversations');
  const confirm = useConfirm();
  const turn = useSwitchSource();
  const remove = useRemoveSource();
  return (
    <li className={css.card}>
      <div className={css.head}>
        <span className={css.kind}>{t(`sources.kinds.${source.kind}`)}</span>
        <strong>{source.name}</strong>
        {!source.is_on && <span className={css.mark}>{t('sources.off')}</span>}
      </div>
      <p className={css.facts}>
        <span>{t('sources.taken', { count: source.taken })}</span>
        {source.last_at && <span>{dateTime(source.last_at)}</span>}
        {source.settings['address'] && <span>{source.settings['address']}</span>}
      </p>
      {source.kind !== 'mailbox' && <p className="muted">{t('sources.archiveHint', { id: source.id })}</p>}
      {source.last_problem && <p className={css.problem}>{source.last_problem}</p>}
      <div className={css.buttons}>
        <button type="button" className={css.button} disabled={turn.isPending} onClick={() => { turn.mutate(source); }}>
          {t(source.is_on ? 'sources.switchOff' : 'sources.switchOn')}
        </button>
        <button type="button" className={css.button} onClick={() => { confirm({ title: t('sources.remove', { name: source.name }), danger: true, run: () => remove.mutateAsync(source.id) }); }}>
          {t('delete', { ns: 'ui' })}
        </button>
      </div>
    </li>
  );
}

function Add() {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const make = useMakeSource();
  const [kind, setKind] = useState<NewTalkSource['kind']>('mailbox');
  const [name, setName] = useState('');
  const [settings, setSettings] = useState<Record<string, string>>({});
  const fields = kind === 'mailbox' ? MAIL_FIELDS : [];
  return (
    <form
      className={css.part}
      aria-labelledby="add-source"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(
          { kind, name, settings: kind === 'mailbox' ? settings : {}, is_on: true },
          {
            onSuccess: () => { setName(''); setSettings({}); say('ok', t('saved')); },
            onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); },
          },
        );
      }}
    >
      <h2 id="add-source">{t('sources.add')}</h2>
      <div className={css.grid}>
        <label className={css.field}>
          {t('sources.kind')}
          <select className={css.input} value={kind} onChange={(event) => { setKind(event.target.value as NewTalkSource['kind']); }}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`sources.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={css.field}>
          {t('sources.name')}
          <input className={css.input} value={name} maxLength={200} onChange={(event) => { setName(event.target.value); }} />
        </label>
        {fields.map((field) => (
          <label key={field} className={css.field}>
            {t(`sources.fields.${field}`)}
            <input className={css.input} type={field === 'password' ? 'password' : 'text'} autoComplete="off" value={settings[field] ?? ''} onChange={(event) => { setSettings({ ...settings, [field]: event.target.value }); }} />
          </label>
        ))}
      </div>
      <div className={css.buttons}>
        <button type="submit" className={css.primary} disabled={!name.trim() || make.isPending}>
          {t('sources.add')}
        </button>
      </div>
    </form>
  );
}

function Threshold() {
  const { t } = useTranslation('conversations');
  const held = useThreshold().data?.threshold;
  const change = useChangeThreshold();
  if (held === undefined) return null;
  return (
    <label className={css.field}>
      {t('sources.threshold', { percent: Math.round(held * 100) })}
      <input type="range" min={50} max={99} defaultValue={Math.round(held * 100)} onPointerUp={(event) => { change.mutate(Number(event.currentTarget.value) / 100); }} onKeyUp={(event) => { change.mutate(Number(event.currentTarget.value) / 100); }} />
    </label>
  );
}

/** Where conversations come from, how recordings are written down, and how sure filing must be. */
export default function SourcesPage() {
  const { t } = useTranslation('conversations');
  const sources = useSources();
  return (
    <div className={css.page}>
      <Link to="/conversations">{t('back')}</Link>
      <h1>{t('sources.title')}</h1>
      <Faces query={sources} isEmpty={(rows) => rows.length === 0} empty={<Empty title={t('sources.none')} hint={t('sources.noneHint')} />}>
        {(rows) => <ul className={css.list}>{rows.map((one) => <One key={one.id} source={one} />)}</ul>}
      </Faces>
      <Add />
      <section className={css.part} aria-labelledby="filing-rule">
        <h2 id="filing-rule">{t('sources.filing')}</h2>
        <Threshold />
      </section>
      <SpeechForm />
    </div>
  );
}

import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { SupportCase, SupportFile } from '@/api/types';
import { FilePick } from '@/ui/FilePick';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { sendFile, useSupportOptions, useTurn, type Turn } from './queries';
import css from './support.module.css';

const PersonPicker = lazy(() => import('@/features/org/PersonPicker').then((module) => ({ default: module.PersonPicker })));
type Props = { found: SupportCase };

/** What the viewer may do with a case now: help, judge the help, hand on, withdraw. */
export function Answering({ found }: Props) {
  const { t } = useTranslation('support');
  const say = useToast();
  const turn = useTurn(found);
  const run = (next: Turn, done: string) => {
    turn.mutate(next, { onSuccess: () => { say('ok', t(done)); } });
  };
  const problem = problemOf(turn.error);
  return (
    <>
      {found.can.help && <Help found={found} busy={turn.isPending} run={run} />}
      {found.can.judge && <Judge busy={turn.isPending} run={run} />}
      {problem && (
        <p className={css.bad} role="alert">
          {problem.errors?.[0]?.message ?? problem.message}
        </p>
      )}
      <Rest found={found} busy={turn.isPending} run={run} />
    </>
  );
}

type Running = { busy: boolean; run: (turn: Turn, done: string) => void };

function Help({ found, busy, run }: Props & Running) {
  const { t } = useTranslation('support');
  const name = useName();
  const say = useToast();
  const helps = useSupportOptions().data?.helps ?? [];
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [files, setFiles] = useState<SupportFile[]>([]);
  const known = helps.find((one) => one.key === kind);
  const add = async (list: File[]) => {
    for (const file of list) {
      try {
        const kept = await sendFile(found.id, file);
        setFiles((before) => [...before, kept]);
      } catch (error) {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      }
    }
  };
  const isReady = known !== undefined && (!known.needs_text || text.trim() !== '');
  return (
    <section className={css.panel} aria-labelledby="help">
      <h2 id="help">{t('answer')}</h2>
      <div className={css.form}>
        <fieldset className={css.chips} aria-label={t('help')}>
          {helps.map((one) => (
            <button key={one.key} type="button" aria-pressed={one.key === kind} onClick={() => { setKind(one.key); }}>
              {name(one.name)}
            </button>
          ))}
        </fieldset>
        {known && !known.is_substantive && <p className="muted">{t('notCounted')}</p>}
        <label>
          {t('text')}
          <textarea rows={3} maxLength={2000} value={text} onChange={(event) => { setText(event.target.value); }} />
        </label>
        <label>
          {t('files')}
          <FilePick label={t('files')} names={[]} multiple onFiles={(chosen) => void add(chosen)} />
        </label>
        {files.length > 0 && (
          <ul className={css.kept}>
            {files.map((file) => (
              <li key={file.id}>
                {file.name}
                <button type="button" className="plain" aria-label={t('dropFile', { name: file.name })} onClick={() => { setFiles((before) => before.filter((one) => one.id !== file.id)); }}>
                  ✕
                </button>
              </li>
            ))}
          </ul>
        )}
        <div className={css.actions}>
          <button
            type="button"
            data-primary
            disabled={!isReady || busy}
            onClick={() => { run({ how: 'help', kind, text, file_ids: files.map((one) => one.id) }, known?.is_substantive ? 'helped' : 'noted'); }}
          >
            {t('give')}
          </button>
        </div>
      </div>
    </section>
  );
}

function Judge({ busy, run }: Running) {
  const { t } = useTranslation('support');
  const [note, setNote] = useState('');
  return (
    <section className={css.panel} aria-labelledby="judge">
      <h2 id="judge">{t('judge')}</h2>
      <div className={css.form}>
        <div className={css.actions}>
          <button type="button" data-primary disabled={busy} onClick={() => { run({ how: 'confirm' }, 'confirmed'); }}>
            {t('confirm')}
          </button>
        </div>
        <label>
          {t('missing')}
          <textarea rows={2} maxLength={2000} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </label>
        <div className={css.actions}>
          <button type="button" disabled={busy || !note.trim()} onClick={() => { run({ how: 'reopen', note }, 'reopened'); }}>
            {t('reopen')}
          </button>
        </div>
      </div>
    </section>
  );
}

function Rest({ found, busy, run }: Props & Running) {
  const { t } = useTranslation('support');
  const [mode, setMode] = useState<'' | 'owner' | 'withdraw'>('');
  const [note, setNote] = useState('');
  const [to, setTo] = useState<number | null>(null);
  if (!found.can.assign && !found.can.withdraw) return null;
  return (
    <section className={css.panel} aria-label={t('otherwise')}>
      <div className={css.actions}>
        {found.can.assign && <button type="button" aria-expanded={mode === 'owner'} onClick={() => { setMode(mode === 'owner' ? '' : 'owner'); }}>{t('handOn')}</button>}
        {found.can.withdraw && <button type="button" aria-expanded={mode === 'withdraw'} onClick={() => { setMode(mode === 'withdraw' ? '' : 'withdraw'); }}>{t('withdraw')}</button>}
      </div>
      {mode && (
        <div className={css.form}>
          {mode === 'owner' && (
            <div className={css.field}>
              {t('newOwner')}
              <Suspense fallback={null}>
                <PersonPicker label={t('newOwner')} value={to ?? undefined} onChange={(id) => { setTo(id ?? null); }} />
              </Suspense>
            </div>
          )}
          <label>
            {t('why')}
            <textarea rows={2} maxLength={2000} value={note} onChange={(event) => { setNote(event.target.value); }} />
          </label>
          <div className={css.actions}>
            {mode === 'owner' ? (
              <button type="button" data-primary disabled={busy || !to} onClick={() => { if (to) run({ how: 'owner', owner_id: to, note }, 'handedOn'); }}>
                {t('handOn')}
              </button>
            ) : (
              <button type="button" data-primary disabled={busy || !note.trim()} onClick={() => { run({ how: 'withdraw', note }, 'withdrawn'); }}>
                {t('withdraw')}
              </button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

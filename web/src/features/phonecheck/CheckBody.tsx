import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PhoneCheck } from '@/api/types';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import { useKeep, useTake } from './phonecheck';
import css from './phonecheck.module.css';

const marks = { match: '✓', mismatch: '!', unknown: '—' };

/** What each source says, and what can be done about it: take theirs, keep with a reason, correct. */
export function CheckBody({ check, onCorrect, onDone }: { check: PhoneCheck; onCorrect?: () => void; onDone?: () => void }) {
  const { t } = useTranslation('phonecheck');
  const say = useToast();
  const keep = useKeep(check.contact.id);
  const take = useTake(check.contact.id, check.version);
  const [why, setWhy] = useState<string | null>(null);
  const after = {
    onSuccess: () => {
      setWhy(null);
      say('ok', t('done'));
      onDone?.();
    },
    onError: (error: Error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
  };
  const wrong = check.sources.filter((one) => one.verdict === 'mismatch');
  const theirs = [...new Set(wrong.flatMap((one) => one.numbers))].filter((one) => one !== check.phone);
  return (
    <>
      <ul className={css.sources}>
        {check.sources.map((one) => (
          <li key={one.source} className={css.source} data-verdict={one.verdict}>
            <span aria-hidden className={css.sign}>{marks[one.verdict]}</span>
            <b>{t(`sources.${one.source}`)}</b>
            <span>
              {one.text}
              {one.numbers.length > 0 && <span className={css.numbers}> {one.numbers.join(' · ')}</span>}
            </span>
          </li>
        ))}
      </ul>
      {check.kept && <p className={css.kept}>{t('keptBy', { name: check.kept.by, at: dateTime(check.kept.at), why: check.kept.why })}</p>}
      {check.may_decide && wrong.length > 0 && (
        <div className={css.buttons}>
          {theirs.map((number) => (
            <button key={number} type="button" className={css.button} disabled={take.isPending} onClick={() => { take.mutate(number, after); }}>
              {t('take', { number })}
            </button>
          ))}
          {onCorrect && (
            <button type="button" className={css.button} onClick={onCorrect}>
              {t('correct')}
            </button>
          )}
          {!check.kept && why === null && (
            <button type="button" className={css.button} onClick={() => { setWhy(''); }}>
              {t('keep')}
            </button>
          )}
        </div>
      )}
      {why !== null && (
        <form
          className={css.reason}
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate(why.trim(), after);
          }}
        >
          <label className={css.field}>
            {t('why')}
            <input className={css.input} value={why} maxLength={200} placeholder={t('whyHint')} onChange={(event) => { setWhy(event.target.value); }} />
          </label>
          <button type="submit" className={css.primary} disabled={!why.trim() || keep.isPending}>
            {t('keepIt')}
          </button>
        </form>
      )}
    </>
  );
}

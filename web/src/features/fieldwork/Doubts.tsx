import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FollowUp } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { dateTime } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './fieldwork.module.css';
import { useJudgeDoubt } from './writing';

type Doubt = FollowUp['doubts'][number];

function Line({ id, doubt, mayJudge }: { id: number; doubt: Doubt; mayJudge: boolean }) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const judge = useJudgeDoubt();
  const [note, setNote] = useState(doubt.note);
  const decide = (verdict: 'accepted' | 'confirmed') => {
    judge.mutate(
      { id, kind: doubt.kind, verdict, note },
      {
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <li className={css.doubt} data-verdict={doubt.verdict}>
      <span>{doubt.text}</span>
      <span className={css.state} data-state={doubt.verdict}>
        {t(`doubt.${doubt.verdict}`)}
      </span>
      {doubt.verdict !== 'open' && (
        <span className="muted">
          {[doubt.by, doubt.at && dateTime(doubt.at), doubt.note].filter(Boolean).join(' · ')}
        </span>
      )}
      {mayJudge && doubt.verdict === 'open' && (
        <span className={css.judge}>
          <input value={note} maxLength={200} aria-label={t('doubt.note')} placeholder={t('doubt.note')} onChange={(event) => { setNote(event.target.value); }} />
          <button type="button" disabled={judge.isPending} onClick={() => { decide('accepted'); }}>
            {t('doubt.accept')}
          </button>
          <button type="button" disabled={judge.isPending} onClick={() => { decide('confirmed'); }}>
            {t('doubt.confirm')}
          </button>
        </span>
      )}
    </li>
  );
}

/** What is doubtful of a follow-up: those who lead judge it, its author reads what was said of it. */
export function Doubts({ followup }: { followup: FollowUp }) {
  const { t } = useTranslation('followups');
  const me = useMe();
  const leads = followup.author.id !== me.id && Object.values(me.can).some((verbs) => !['none', 'self'].includes(verbs['edit'] ?? 'none'));
  return (
    <section className={css.doubts} aria-label={t('doubt.title')}>
      <h4>{t('doubt.title')}</h4>
      <ul>
        {followup.doubts.map((doubt) => (
          <Line key={doubt.kind} id={followup.id} doubt={doubt} mayJudge={leads} />
        ))}
      </ul>
    </section>
  );
}

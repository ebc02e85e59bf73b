import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FollowUp } from '@/api/types';
import { useToast } from '@/ui/toast';
import css from './fieldwork.module.css';
import { useDropDraft } from './writing';

type Props = { followup: FollowUp; onContinue: (followup: FollowUp) => void };

/** What its author does with a follow-up: complete or throw away a draft, correct one that counts. */
export function OwnActs({ followup, onContinue }: Props) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const drop = useDropDraft();
  const [isAsking, setAsking] = useState(false);
  const isDraft = followup.state === 'draft';
  const discard = () => {
    drop.mutate(followup, {
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <div className={css.judge}>
      <button type="button" onClick={() => { onContinue(followup); }}>
        {t(isDraft ? 'goOn' : 'correct')}
      </button>
      {isDraft && (
        <button type="button" disabled={drop.isPending} onClick={() => { if (isAsking) discard(); else setAsking(true); }}>
          {t(isAsking ? 'outbox.discardYes' : 'outbox.discard')}
        </button>
      )}
    </div>
  );
}

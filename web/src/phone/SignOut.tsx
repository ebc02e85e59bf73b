import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useMe, useSignOut } from '@/features/identity/session';
import { useToast } from '@/ui/toast';
import { forgetAnswers } from './offline/answers';
import css from './phone.module.css';

/** Leaving: what was not sent is lost on this phone only after the person has said so. */
export function SignOut() {
  const { t } = useTranslation('phone');
  const say = useToast();
  const me = useMe();
  const signOut = useSignOut();
  const [unsent, setUnsent] = useState(0);
  const leave = async () => {
    try {
      const { outboxOf } = await import('./outbox/outbox');
      await signOut.mutateAsync();
      await outboxOf(me.id).clear();
      await forgetAnswers(me.id);
    } catch (error) {
      say('bad', problemOf(error)?.status === 0 ? t('leave.needsNetwork') : (problemOf(error)?.message ?? t('failed', { ns: 'ui' })));
    }
  };
  const ask = async () => {
    const { countUnsent } = await import('./outbox/outbox');
    const count = await countUnsent(me.id);
    if (count > 0) setUnsent(count);
    else await leave();
  };
  if (unsent > 0) {
    return (
      <div role="alertdialog" aria-labelledby="leave-title" className={css.leaving}>
        <strong id="leave-title">{t('leave.title', { count: unsent })}</strong>
        <button type="button" className={css.plain} onClick={() => { setUnsent(0); }}>
          {t('leave.stay')}
        </button>
        <button type="button" className={css.danger} onClick={() => void leave()}>
          {t('leave.anyway')}
        </button>
      </div>
    );
  }
  return (
    <button type="button" onClick={() => void ask()}>
      {t('signOut', { ns: 'identity' })}
    </button>
  );
}

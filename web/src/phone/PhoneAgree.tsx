import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Case } from '@/api/types';
import { useDo } from '@/features/approvals/cases';
import { useToast } from '@/ui/toast';
import css from './phone.module.css';

type Props = { item: Case; children: ReactNode };

/** One tap agrees: the remark stands above the button, for whoever wants to say something. */
export function PhoneAgree({ item, children }: Props) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const send = useDo(item.id, item.my.ask_id);
  const [comment, setComment] = useState('');
  const problem = problemOf(send.error);
  return (
    <form
      className={css.answer}
      aria-label={t('action.agree')}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(
          { action: 'agree', comment: comment.trim(), form: {}, files: [] },
          {
            onSuccess: () => {
              say('ok', t('case.done.agree'));
            },
          },
        );
      }}
    >
      <input aria-label={t('case.comment')} placeholder={t('case.remark')} maxLength={2000} value={comment} onChange={(event) => { setComment(event.target.value); }} />
      {problem && (
        <p className={css.bad} role="alert">
          {problem.message}
        </p>
      )}
      <div className={css.row}>
        <button type="submit" className={css.primary} disabled={send.isPending}>
          {t('action.agree')}
        </button>
        {children}
      </div>
    </form>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { CaseBrief } from '@/api/types';
import { useAgreeMany } from '@/features/approvals/cases';
import { useToast } from '@/ui/toast';
import css from './phone.module.css';

/** Agrees to several on a phone with one comment, and tells which were left and why. */
export default function PhoneBatch({ items, onClose }: { items: CaseBrief[]; onClose: () => void }) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const agree = useAgreeMany();
  const [comment, setComment] = useState('');
  const [first] = useState(items);
  const refused = agree.data?.refused ?? [];
  const title = t('inbox.agreeTo', { count: first.length });
  return (
    <form
      className={css.bottom}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        agree.mutate(
          { ids: first.map((item) => item.id), comment: comment.trim() },
          {
            onSuccess: (outcome) => {
              say(outcome.refused.length ? 'info' : 'ok', t('inbox.agreed', { count: outcome.done.length }));
              if (outcome.refused.length === 0) onClose();
            },
          },
        );
      }}
    >
      <div className={css.supply}>
        <strong>{refused.length > 0 ? t('inbox.left', { count: refused.length }) : title}</strong>
        {refused.map((one) => (
          <p key={one.id} className={css.bad}>
            {one.title}：{one.detail}
          </p>
        ))}
        {!agree.data && (
          <label>
            {t('case.comment')}
            <textarea rows={2} maxLength={2000} placeholder={t('case.optional')} value={comment} onChange={(event) => { setComment(event.target.value); }} />
          </label>
        )}
        {agree.error && (
          <p className={css.bad} role="alert">
            {problemOf(agree.error)?.message}
          </p>
        )}
        <div className={css.row}>
          <button type="button" className={css.plain} onClick={onClose}>
            {t(agree.data ? 'close' : 'cancel', { ns: 'ui' })}
          </button>
          {!agree.data && (
            <button type="submit" className={css.primary} disabled={agree.isPending}>
              {t('action.agree')}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}

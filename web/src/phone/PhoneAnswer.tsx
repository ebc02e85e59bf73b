import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Case, CaseAction } from '@/api/types';
import { AnswerFiles } from '@/features/approvals/AnswerFiles';
import { doingOf, isReady, mustSay, type Answer } from '@/features/approvals/answer';
import { useDo } from '@/features/approvals/cases';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { PhoneLine } from './PhoneLine';
import { PhonePerson } from './PhonePerson';
import css from './phone.module.css';

type Props = { item: Case; action: CaseAction; onClose: () => void };

/** The answer on a phone: a comment where one likes, and the button that confirms. */
export default function PhoneAnswer({ item, action, onClose }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const say = useToast();
  const send = useDo(item.id, item.my.ask_id);
  const [answer, setAnswer] = useState<Answer>({ comment: '', form: {}, files: [], person: null, place: 'before', to_node: null });
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Answer>) => {
    setAnswer((before) => ({ ...before, ...change }));
  };
  const problem = problemOf(send.error);
  const rows = ['agree', 'return', 'resubmit'].includes(action) ? item.form.filter((row) => row.access === 'edit') : [];
  const names = action === 'transfer' || action === 'add_signer';
  const run = () => {
    const doing = doingOf(action, answer);
    if (!doing) return;
    send.mutate(doing, {
      onSuccess: () => {
        say('ok', t(`case.done.${action}`));
        onClose();
      },
    });
  };
  return (
    <form
      className={css.bottom}
      aria-label={t(`action.${action}`)}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <div className={css.supply}>
        {names && <PhonePerson label={t(action === 'transfer' ? 'case.transferTo' : 'case.signer')} value={answer.person} onChange={(person) => { set({ person }); }} />}
        {action === 'add_signer' && (
          <label>
            {t('case.place.label')}
            <select value={answer.place} onChange={(event) => { set({ place: event.target.value === 'after' ? 'after' : 'before' }); }}>
              <option value="before">{t('case.place.before')}</option>
              <option value="after">{t('case.place.after')}</option>
            </select>
          </label>
        )}
        {action === 'return' && (
          <label>
            {t('case.returnTo')}
            <select value={answer.to_node ?? ''} onChange={(event) => { set({ to_node: event.target.value || null }); }}>
              <option value="">{t('case.toRequester', { name: item.requester.name })}</option>
              {item.passed_nodes.map((node) => (
                <option key={node.key} value={node.key}>
                  {name(node.name)}
                </option>
              ))}
            </select>
          </label>
        )}
        {rows.map((row) => (
          <PhoneLine key={row.key} line={row} required={row.is_required} value={row.key in answer.form ? answer.form[row.key] : row.value} onChange={(value) => { set({ form: { ...answer.form, [row.key]: value } }); }} />
        ))}
        <label>
          {t('case.comment')}
          <textarea rows={2} maxLength={2000} required={mustSay(action)} placeholder={mustSay(action) ? '' : t('case.optional')} value={answer.comment} onChange={(event) => { set({ comment: event.target.value }); }} />
        </label>
        <AnswerFiles caseId={item.id} files={answer.files} onChange={(files) => { set({ files }); }} onBusy={setBusy} />
        {problem && (
          <p className={css.bad} role="alert">
            {[problem.message, ...problem.errors.map((one) => one.message)].join(' ')}
          </p>
        )}
        <div className={css.row}>
          <button type="button" className={css.plain} onClick={onClose}>
            {t('cancel', { ns: 'ui' })}
          </button>
          <button type="submit" className={css.primary} disabled={send.isPending || busy || !isReady(action, answer)}>
            {t('case.confirm', { action: t(`action.${action}`) })}
          </button>
        </div>
      </div>
    </form>
  );
}

import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useName } from '@/ui/names';
import css from './PurposeNotice.module.css';
import { useAnswer, useConsent } from './purposes';

type Props = {
  /** The key of the purpose: location, photos, recordings, chats, mail. */
  purpose: string;
  via?: 'screen' | 'phone';
  onAnswer: (agreed: boolean) => void;
  /** Told when somebody closes the notice without an answer: it is asked again at the next use. */
  onClose: () => void;
};

/** What a kind of personal data is taken for, before it is first taken: one agrees, or goes on without. */
export function PurposeNotice({ purpose, via = 'screen', onAnswer, onClose }: Props) {
  const { t } = useTranslation('privacy');
  const name = useName();
  const title = useId();
  const panel = useRef<HTMLDialogElement>(null);
  const shown = useConsent(purpose).purpose;
  const send = useAnswer(via);
  const isKnown = shown !== null;
  useEffect(() => {
    if (isKnown && panel.current?.open === false) panel.current.showModal();
  }, [isKnown]);
  if (!shown) return null;
  const answer = (agreed: boolean) => {
    send.mutate(
      { purpose: shown, agreed },
      {
        onSuccess: () => {
          onAnswer(agreed);
        },
      },
    );
  };
  const problem = problemOf(send.error);
  return (
    <dialog
      ref={panel}
      className={css.notice}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={title}>{name(shown.name)}</h2>
      <p className={css.text}>{name(shown.text)}</p>
      {problem && (
        <p className={css.bad} role="alert">
          {problem.message}
        </p>
      )}
      <p className={css.small}>{t('notice.change')}</p>
      <div className={css.buttons}>
        <button type="button" className={css.agree} disabled={send.isPending} onClick={() => { answer(true); }}>
          {t('notice.agree')}
        </button>
        <button type="button" className={css.decline} disabled={send.isPending} onClick={() => { answer(false); }}>
          {t('notice.decline')}
        </button>
      </div>
    </dialog>
  );
}

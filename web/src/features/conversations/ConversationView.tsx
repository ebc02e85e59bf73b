import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Conversation } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import { Facts } from './ConversationCard';
import { PromiseList } from './PromiseList';
import { ReadFacts } from './ReadFacts';
import { Said } from './Said';
import { useConversation, useReply } from './conversations';
import css from './conversations.module.css';

function Reply({ one }: { one: Conversation }) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const reply = useReply(one.id);
  const [text, setText] = useState('');
  return (
    <section className={css.part} aria-labelledby="reply">
      <h2 id="reply">{t('reply.title')}</h2>
      <textarea className={css.text} aria-label={t('reply.text')} value={text} maxLength={20000} onChange={(event) => { setText(event.target.value); }} />
      <div className={css.buttons}>
        <button
          type="button"
          className={css.primary}
          disabled={!text.trim() || reply.isPending}
          onClick={() => {
            reply.mutate(text, {
              onSuccess: () => { setText(''); say('ok', t('reply.queued')); },
              onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed')); },
            });
          }}
        >
          {t('reply.send')}
        </button>
      </div>
    </section>
  );
}

/** A whole conversation: what was said, whose it is, what was promised. */
export function ConversationView({ id }: { id: number }) {
  const { t } = useTranslation('conversations');
  const found = useConversation(id);
  return (
    <Faces query={found} rows={10}>
      {(one) => (
        <>
          <div className={css.head}>
            <span className={css.kind}>{t(`kinds.${one.kind}`)}</span>
            <h1>{one.title || t('untitled')}</h1>
            {one.sending && <span className={css.mark}>{t(`sending.${one.sending}`)}</span>}
          </div>
          <Facts row={one} />
          <div className={css.two}>
            <Said one={one} />
            <div className={css.side}>
              <ReadFacts one={one} />
              <PromiseList promises={one.promises} />
              {one.can_reply && <Reply one={one} />}
            </div>
          </div>
        </>
      )}
    </Faces>
  );
}

import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { AddConversation } from './AddConversation';
import { ConversationCard } from './ConversationCard';
import { useConversations } from './conversations';
import css from './conversations.module.css';

/** What was said with a customer, about a lead or a deal, the latest first. */
export default function RecordConversations({ id }: { type: string; id: number }) {
  const { t } = useTranslation('conversations');
  const list = useConversations({ record_id: id });
  return (
    <div className={css.add}>
      <AddConversation recordId={id} />
      <Faces query={list} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(pages) => (
          <>
            <ul className={css.list}>{pages.pages.flatMap((page) => page.items).map((row) => <ConversationCard key={row.id} row={row} />)}</ul>
            {list.hasNextPage && (
              <button type="button" className={css.button} onClick={() => { void list.fetchNextPage(); }}>
                {t('loadMore', { ns: 'ui' })}
              </button>
            )}
          </>
        )}
      </Faces>
    </div>
  );
}

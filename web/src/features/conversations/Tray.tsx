import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationRow } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { Facts } from './ConversationCard';
import { Filing } from './Filing';
import { useConversations, useIgnore } from './conversations';
import css from './conversations.module.css';

function Waiting({ row }: { row: ConversationRow }) {
  const { t } = useTranslation('conversations');
  const ignore = useIgnore(row.id);
  return (
    <li className={css.card}>
      <div className={css.head}>
        <span className={css.kind}>{t(`kinds.${row.kind}`)}</span>
        <Link to={`/conversations/${String(row.id)}`}>{row.title || t('untitled')}</Link>
        {(row.reading_state === 'waiting' || row.reading_state === 'reading') && <span className={css.mark}>{t('reading')}</span>}
      </div>
      {row.excerpt && <p className={css.excerpt}>{row.excerpt}</p>}
      <Facts row={row} />
      <Filing row={row}>
        <button type="button" className={css.button} disabled={ignore.isPending} aria-label={t('ignoreOne', { title: row.title })} onClick={() => { ignore.mutate(undefined); }}>
          {t('ignore')}
        </button>
      </Filing>
    </li>
  );
}

/** Conversations of which it is not sure whose they are, each with those it may belong to. */
export function Tray() {
  const { t } = useTranslation('conversations');
  const list = useConversations({ state: 'waiting' });
  return (
    <Faces query={list} rows={6} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('nothingWaits')} hint={t('nothingWaitsHint')} />}>
      {(pages) => (
        <>
          <ul className={css.list}>{pages.pages.flatMap((page) => page.items).map((row) => <Waiting key={row.id} row={row} />)}</ul>
          {list.hasNextPage && (
            <button type="button" className={css.button} onClick={() => { void list.fetchNextPage(); }}>
              {t('loadMore', { ns: 'ui' })}
            </button>
          )}
        </>
      )}
    </Faces>
  );
}

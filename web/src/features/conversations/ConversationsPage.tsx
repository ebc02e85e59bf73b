import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ConversationKind } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { Tabs } from '@/ui/Tabs';
import { AddConversation } from './AddConversation';
import { ConversationCard } from './ConversationCard';
import { ConversationView } from './ConversationView';
import { Tray } from './Tray';
import { useConversations, useWaitingCount } from './conversations';
import css from './conversations.module.css';

const KINDS: ConversationKind[] = ['call', 'voice', 'minutes', 'chat', 'mail'];

function Filed({ state }: { state: 'filed' | 'ignored' }) {
  const { t } = useTranslation('conversations');
  const address = useAddress();
  const kind = (address.get('kind') || undefined) as ConversationKind | undefined;
  const stalled = address.get('stalled') === '1';
  const q = address.get('q');
  const list = useConversations({ state, kind, stalled: stalled || undefined, q: q || undefined });
  return (
    <>
      <div className={css.bar}>
        <select aria-label={t('kind')} value={kind ?? ''} onChange={(event) => { address.set({ kind: event.target.value || null }); }}>
          <option value="">{t('allKinds')}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kinds.${one}`)}
            </option>
          ))}
        </select>
        <input type="search" aria-label={t('find')} placeholder={t('find')} defaultValue={q} onKeyDown={(event) => { if (event.key === 'Enter') address.set({ q: event.currentTarget.value || null }); }} />
        {state === 'filed' && (
          <label>
            <input type="checkbox" checked={stalled} onChange={(event) => { address.set({ stalled: event.target.checked ? '1' : null }); }} />
            {t('stalled')}
          </label>
        )}
      </div>
      <Faces query={list} rows={6} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
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
    </>
  );
}

/** The tray and everything that was said, or one conversation. */
export default function ConversationsPage({ isPhone = false }: { isPhone?: boolean }) {
  const { t } = useTranslation('conversations');
  const { id } = useParams();
  const me = useMe();
  const address = useAddress();
  const waiting = useWaitingCount().data?.count ?? 0;
  if (id) {
    return (
      <div className={css.page}>
        <Link to="/conversations">{t('back')}</Link>
        <ConversationView key={id} id={Number(id)} />
      </div>
    );
  }
  const tab = address.get('tab') || 'waiting';
  const manages = !isPhone && (me.is_admin || me.admin.includes('conversations.manage'));
  const tabs = ['waiting', 'filed', 'ignored'].map((key) => ({ key, label: key === 'waiting' ? t('tabs.waiting', { count: waiting }) : t(`tabs.${key}`) }));
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <h1>{t('title')}</h1>
        {manages && <Link to="/conversations/sources">{t('sources.title')}</Link>}
      </div>
      <AddConversation />
      <Tabs label={t('title')} tabs={tabs} value={tab} onChange={(key) => { address.set({ tab: key, kind: null, stalled: null, q: null }); }} />
      {tab === 'waiting' ? <Tray /> : <Filed key={tab} state={tab === 'ignored' ? 'ignored' : 'filed'} />}
    </div>
  );
}

import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NurtureMessage } from '@/api/types';
import { useAllowed } from '@/features/identity/session';
import css from '@/features/nurture/Nurture.module.css';
import { NurtureTabs } from '@/features/nurture/NurtureTabs';
import { channels, type Channel } from '@/features/nurture/path/definition';
import { usePaths } from '@/features/nurture/paths';
import { useMessages, type MessageFilter } from '@/features/nurture/sending';
import { useTemplates } from '@/features/nurture/templates';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { MessageRow } from './MessageRow';
import { MessageSheet } from './MessageSheet';

const states: NurtureMessage['state'][] = ['waiting', 'sending', 'sent', 'failed', 'unknown', 'dead', 'skipped'];

function TemplateFilter({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const templates = useTemplates().data ?? [];
  return (
    <Select
      aria-label={t('message.template')}
      style={{ minWidth: 160 }}
      value={value}
      options={[{ value: '', label: t('message.anyTemplate') }, ...templates.map((template) => ({ value: template.key, label: name(template.name) }))]}
      onChange={onChange}
    />
  );
}

/** Everything that was sent or was to be sent; what failed can be sent again. */
export default function MessagesPage() {
  const { t } = useTranslation('nurture');
  const name = useName();
  const address = useAddress();
  const manages = useAllowed('nurture.manage');
  const paths = usePaths().data ?? [];
  const [state, channel, path, template] = ['state', 'channel', 'path', 'template'].map((key) => address.get(key) || '');
  const filter: MessageFilter = {
    ...(state ? { state } : {}),
    ...(channel ? { channel: channel as Channel } : {}),
    ...(path ? { path } : {}),
    ...(template ? { template } : {}),
  };
  const list = useMessages(filter);
  const opened = Number(address.get('open')) || null;
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="messages" />
      </div>
      <div className={css.bar}>
        <Select
          aria-label={t('message.state')}
          style={{ minWidth: 130 }}
          value={state}
          options={[{ value: '', label: t('message.anyState') }, ...states.map((one) => ({ value: one, label: t(`messageState.${one}`) }))]}
          onChange={(next: string) => { address.set({ state: next || null }); }}
        />
        <Select
          aria-label={t('template.channel')}
          style={{ minWidth: 120 }}
          value={channel}
          options={[{ value: '', label: t('channel.all') }, ...channels.map((one) => ({ value: one, label: t(`channel.${one}`) }))]}
          onChange={(next: string) => { address.set({ channel: next || null }); }}
        />
        <Select
          aria-label={t('message.path')}
          style={{ minWidth: 160 }}
          value={path}
          options={[{ value: '', label: t('message.anyPath') }, ...paths.map((one) => ({ value: one.key, label: name(one.name) }))]}
          onChange={(next: string) => { address.set({ path: next || null }); }}
        />
        {manages && <TemplateFilter value={template ?? ''} onChange={(next) => { address.set({ template: next || null }); }} />}
        <span className="muted push" role="status">
          {list.data && t('message.count', { count: list.data.pages[0]?.count ?? 0, shown: number(list.data.pages[0]?.count ?? 0) })}
        </span>
      </div>
      <Faces query={list} rows={10} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('lists.noMessages')} hint={t(Object.keys(filter).length > 0 ? 'message.noneHint' : 'message.notYetHint')} />}>
        {(data) => (
          <ul className={css.rows} aria-label={t('tabs.messages')}>
            {data.pages
              .flatMap((page) => page.items)
              .map((message) => (
                <MessageRow key={message.id} message={message} named onOpen={() => { address.set({ open: String(message.id) }); }} />
              ))}
          </ul>
        )}
      </Faces>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
      {opened !== null && <MessageSheet key={opened} id={opened} onClose={() => { address.set({ open: null }); }} />}
    </div>
  );
}

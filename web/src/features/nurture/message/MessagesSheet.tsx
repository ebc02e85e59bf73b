import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMessages, type MessageFilter } from '@/features/nurture/sending';
import { Empty, Failure, Loading } from '@/ui/faces';
import { number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import { MessageRow } from './MessageRow';
import css from '@/features/nurture/Nurture.module.css';
import { MessageSheet } from './MessageSheet';

/** The messages behind one figure. */
export function MessagesSheet({ title, filter, onClose }: { title: string; filter: MessageFilter; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const [opened, setOpened] = useState<number | null>(null);
  const list = useMessages(filter);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = list.data?.pages[0]?.count ?? 0;
  return (
    <Sheet size={640} title={list.data ? `${title} · ${number(count)}` : title} onClose={onClose}>
      {!list.data && (list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={6} />)}
      {list.data && items.length === 0 && <Empty title={t('lists.noMessages')} />}
      <ul className={css.rows}>
        {items.map((message) => (
          <MessageRow key={message.id} message={message} named onOpen={() => { setOpened(message.id); }} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
      {opened !== null && <MessageSheet id={opened} onClose={() => { setOpened(null); }} />}
    </Sheet>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoticeList } from '@/features/notices/NoticeList';
import { useSee, useUnread, type Box } from '@/features/notices/notices';
import css from './phone.module.css';

/** Notices in one column; each leads to the place where something is to be done. */
export default function PhoneNotices() {
  const { t } = useTranslation('notices');
  const unread = useUnread(false).data ?? 0;
  const see = useSee();
  const [box, setBox] = useState<Box>('unread');
  return (
    <>
      <h1 className={css.title}>{t('title')}</h1>
      <div className={css.types} role="group" aria-label={t('title')}>
        {(['unread', 'all'] as const).map((key) => (
          <button key={key} type="button" aria-pressed={key === box} onClick={() => { setBox(key); }}>
            {key === 'unread' && unread > 0 ? t('box.unreadCount', { count: unread }) : t(`box.${key}`)}
          </button>
        ))}
        {unread > 0 && (
          <button type="button" disabled={see.isPending} onClick={() => { see.mutate(null); }}>
            {t('seeAll')}
          </button>
        )}
      </div>
      <section className={css.panel} aria-label={t(`box.${box}`)}>
        <NoticeList key={box} box={box} onOpen={() => undefined} />
      </section>
    </>
  );
}

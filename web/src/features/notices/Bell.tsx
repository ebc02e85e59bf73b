import { BellOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './Bell.module.css';
import { useLive } from './live';
import { useUnread } from './notices';

const NoticeDrawer = lazy(() => import('./NoticeDrawer'));

/** The bell with the number of unseen notices, live; it opens them. */
export function Bell() {
  const { t } = useTranslation('notices');
  const unread = useUnread(useLive()).data ?? 0;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={css.bell}
        title={t('title')}
        aria-label={unread ? t('unreadCount', { count: unread }) : t('title')}
        onClick={() => {
          setOpen(true);
        }}
      >
        <BellOutlined />
        {unread > 0 && (
          <span className={css.badge} aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      {open && (
        <Suspense fallback={null}>
          <NoticeDrawer
            unread={unread}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

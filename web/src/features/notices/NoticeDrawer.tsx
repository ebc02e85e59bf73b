import { SettingOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Sheet } from '@/ui/Sheet';
import { Tabs } from '@/ui/Tabs';
import css from './NoticeDrawer.module.css';
import { NoticeList } from './NoticeList';
import { useSee, type Box } from './notices';

/** What the product has to tell: unseen first, all on demand. */
export default function NoticeDrawer({ unread, onClose }: { unread: number; onClose: () => void }) {
  const { t } = useTranslation('notices');
  const [box, setBox] = useState<Box>('unread');
  const see = useSee();
  return (
    <Sheet
      size={460}
      title={t('title')}
      onClose={onClose}
      extra={
        <Link to="/me/notices" className={css.settings} onClick={onClose} aria-label={t('settings.title')} title={t('settings.title')}>
          <SettingOutlined />
        </Link>
      }
    >
      <div className={css.bar}>
        <Tabs
          label={t('title')}
          value={box}
          onChange={(key) => {
            setBox(key as Box);
          }}
          tabs={[
            { key: 'unread', label: unread ? t('box.unreadCount', { count: unread }) : t('box.unread') },
            { key: 'all', label: t('box.all') },
          ]}
        />
        <button
          type="button"
          className={css.all}
          disabled={unread === 0 || see.isPending}
          onClick={() => {
            see.mutate(null);
          }}
        >
          {t('seeAll')}
        </button>
      </div>
      <NoticeList key={box} box={box} onOpen={onClose} />
    </Sheet>
  );
}

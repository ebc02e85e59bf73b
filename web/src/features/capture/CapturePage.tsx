import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMe } from '@/features/identity/session';
import DoubtfulMerges from '@/features/leads/DoubtfulMerges';
import { Loading } from '@/ui/faces';
import { withWords } from '@/ui/i18n';
import { Tabs } from '@/ui/Tabs';
import { Channels } from './Channels';
import { Waiting } from './Waiting';
import css from './capture.module.css';

const Tracking = lazy(() => withWords('behaviour', import('@/features/behaviour/TrackingPage').then((page) => ({ default: page.Tracking }))));

/** Where leads come from, what could not be taken, what visitors do, and merges that look doubtful. */
export default function CapturePage() {
  const { t } = useTranslation('capture');
  const me = useMe();
  const go = useNavigate();
  const tab = useParams()['tab'] ?? 'channels';
  const mayManage = me.is_admin || me.admin.includes('capture.manage');
  const tabs = mayManage ? ['channels', 'waiting', 'tracking', 'merges'] : ['merges'];
  const shown = tabs.includes(tab) ? tab : (tabs[0] ?? 'merges');
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <Tabs
        label={t('title')}
        value={shown}
        onChange={(key) => {
          void go(`/capture/${key}`);
        }}
        tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))}
      />
      {shown === 'channels' && <Channels />}
      {shown === 'waiting' && <Waiting />}
      {shown === 'tracking' && (
        <Suspense fallback={<Loading />}>
          <Tracking />
        </Suspense>
      )}
      {shown === 'merges' && <DoubtfulMerges />}
    </div>
  );
}

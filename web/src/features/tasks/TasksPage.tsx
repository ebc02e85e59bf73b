import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Empty } from '@/ui/faces';
import { Tabs } from '@/ui/Tabs';
import { TaskList } from './TaskList';
import css from './tasks.module.css';

const TaskDialog = lazy(() => import('./TaskDialog'));
const boxes = ['mine', 'team', 'asked'] as const;
const states = ['open', 'done', 'cancelled'] as const;

/** What is to be done: by oneself, by one's people, and what one asked of others. */
export default function TasksPage() {
  const { t } = useTranslation('tasks');
  const address = useAddress();
  const [asking, setAsking] = useState(false);
  const box = boxes.find((one) => one === address.get('box')) ?? 'mine';
  const state = states.find((one) => one === address.get('state')) ?? 'open';
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <Button type="primary" onClick={() => { setAsking(true); }}>
          {t('add')}
        </Button>
      </div>
      <div className={css.bar}>
        <Tabs label={t('title')} tabs={boxes.map((key) => ({ key, label: t(`box.${key}`) }))} value={box} onChange={(key) => { address.set({ box: key }); }} />
        <Tabs label={t('status', { ns: 'ui' })} tabs={states.map((key) => ({ key, label: t(`state.${key}`) }))} value={state} onChange={(key) => { address.set({ state: key }); }} />
      </div>
      <section className={css.panel} aria-label={t(`box.${box}`)}>
        <TaskList
          query={{ box, state }}
          owned={box === 'mine'}
          empty={<Empty title={t(state === 'open' ? 'nothing' : 'nothingClosed')} hint={state === 'open' ? t('nothingHint') : undefined} />}
        />
      </section>
      <Suspense fallback={null}>{asking && <TaskDialog onClose={() => { setAsking(false); }} />}</Suspense>
    </div>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAddress } from '@/features/records/address';
import { Loading } from '@/ui/faces';
import { Sheet } from '@/ui/Sheet';
import { Tabs } from '@/ui/Tabs';
import { CaseForm } from './CaseForm';
import { CaseList } from './CaseList';
import { Figures } from './Figures';
import { useOpenedBox } from './opened';
import css from './support.module.css';

const boxes = ['mine', 'asked', 'team', 'figures'] as const;
const states = ['ongoing', 'closed', 'withdrawn', 'any'] as const;
const spans = [7, 30, 90] as const;

/** From so many days ago until now; whole days, so that a screen asks for the same thing twice. */
export function lastDays(days: number): { since: string; until: string } {
  const until = new Date();
  until.setHours(24, 0, 0, 0);
  const since = new Date(until);
  since.setDate(since.getDate() - days);
  return { since: since.toISOString(), until: until.toISOString() };
}

/** Support cases: mine to answer, those I asked, my team's, and how many had help in time. */
export default function SupportPage({ via = 'screen' }: { via?: 'screen' | 'phone' }) {
  const { t } = useTranslation('support');
  const go = useNavigate();
  const address = useAddress();
  const [isAsking, setAsking] = useState(false);
  const box = useOpenedBox(boxes);
  const state = states.find((one) => one === address.get('state')) ?? 'ongoing';
  const days = spans.find((one) => String(one) === address.get('days')) ?? 30;
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <div className={css.actions}>
          <button type="button" data-primary onClick={() => { setAsking(true); }}>
            {t('new')}
          </button>
        </div>
      </div>
      <div className={css.bar}>
        <Tabs label={t('title')} tabs={boxes.map((key) => ({ key, label: t(`box.${key}`) }))} value={box ?? ''} onChange={(key) => { address.set({ box: key }); }} />
        {box === 'figures' ? (
          <Tabs label={t('figures.period')} tabs={spans.map((key) => ({ key: String(key), label: t('figures.days', { count: key }) }))} value={String(days)} onChange={(key) => { address.set({ days: key }); }} />
        ) : (
          <Tabs label={t('status', { ns: 'ui' })} tabs={states.map((key) => ({ key, label: t(`state.${key}`) }))} value={state} onChange={(key) => { address.set({ state: key }); }} />
        )}
      </div>
      {box === null ? (
        <Loading rows={5} />
      ) : box === 'figures' ? (
        <Figures span={lastDays(days)} />
      ) : (
        <section className={css.panel} aria-label={t(`box.${box}`)}>
          <CaseList query={{ box, state }} />
        </section>
      )}
      {isAsking && (
        <Sheet title={t('new')} onClose={() => { setAsking(false); }}>
          <CaseForm via={via} onDone={(found) => void go(`/support/${found.id}`)} />
        </Sheet>
      )}
    </div>
  );
}

import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Tabs } from '@/ui/Tabs';
import { MyDay } from './MyDay';
import type { LogKeeper } from './noted';
import { useLogOptions } from './queries';
import { Surges } from './Surges';
import { Team } from './Team';
import css from './saleslog.module.css';

const tabs = ['mine', 'team', 'surges'] as const;

/** The sales log: my day, my team's, and what jumped. */
export default function LogPage({ keeper }: { keeper: LogKeeper }) {
  const { t } = useTranslation('saleslog');
  const address = useAddress();
  const today = useLogOptions().data?.today;
  const tab = tabs.find((one) => one === address.get('tab')) ?? 'mine';
  const day = address.get('day') || today;
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        {tab !== 'surges' && day && (
          <DatePicker aria-label={t('day')} allowClear={false} value={dayjs(day)} maxDate={dayjs(today)} onChange={(next) => { if (next) address.set({ day: next.format('YYYY-MM-DD') }); }} />
        )}
      </div>
      <Tabs label={t('title')} tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))} value={tab} onChange={(key) => { address.set({ tab: key }); }} />
      {tab === 'mine' && <MyDay keeper={keeper} day={day} />}
      {tab === 'team' && <Team day={day} />}
      {tab === 'surges' && <Surges />}
    </div>
  );
}

import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Tabs } from '@/ui/Tabs';
import { Busy } from './Busy';
import { Doubts } from './Doubts';
import { lastDays, useInsightSettings } from './insight';
import css from './insight.module.css';
import { Stalled } from './Stalled';
import { Texts } from './Texts';
import { Thresholds } from './Thresholds';

const tabs = ['busy', 'texts', 'doubts', 'stalled'];
const spans = [7, 30, 90];

/** What a manager reads out of field work; every figure opens the records behind it. */
export default function InsightPage() {
  const { t } = useTranslation('insight');
  const address = useAddress();
  const asked = address.get('tab');
  const tab = tabs.includes(asked) ? asked : 'busy';
  const wanted = Number(address.get('days'));
  const days = spans.includes(wanted) ? wanted : 30;
  const period = useMemo(() => lastDays(days), [days]);
  const settings = useInsightSettings().data;
  const [tuning, setTuning] = useState(false);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{t('title')}</h1>
        {tab !== 'stalled' && (
          <Select
            className={css.span}
            aria-label={t('period')}
            value={days}
            options={spans.map((one) => ({ value: one, label: t('lastDays', { count: one }) }))}
            onChange={(one: number) => {
              address.set({ days: one === 30 ? null : String(one) });
            }}
          />
        )}
        {settings?.can_change && (
          <Button
            onClick={() => {
              setTuning(true);
            }}
          >
            {t('thresholds.open')}
          </Button>
        )}
      </header>
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(key) => {
          address.set({ tab: key === 'busy' ? null : key });
        }}
        tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))}
      />
      {settings && (
        <p className="muted">
          {t(`rule.${tab}`, {
            contacts: settings.busy_contacts,
            percent: settings.busy_percent,
            length: settings.vague_length,
            minutes: settings.burst_minutes,
            customers: settings.burst_contacts,
          })}
        </p>
      )}
      {tab === 'texts' && settings && (
        <p className={css.phrases}>
          <span className="muted">{t('texts.phrases')}</span>
          {settings.phrases.map((phrase) => (
            <code key={phrase}>{phrase}</code>
          ))}
        </p>
      )}
      {tab === 'busy' && <Busy period={period} />}
      {tab === 'texts' && <Texts period={period} />}
      {tab === 'doubts' && <Doubts period={period} />}
      {tab === 'stalled' && <Stalled />}
      {tuning && settings && <Thresholds settings={settings} onClose={() => { setTuning(false); }} />}
    </div>
  );
}

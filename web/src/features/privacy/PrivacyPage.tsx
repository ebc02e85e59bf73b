import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Tabs } from '@/ui/Tabs';
import { Looks } from './Looks';
import { Periods } from './Periods';
import css from './privacy.module.css';
import { Purposes } from './Purposes';
import { Requests } from './Requests';

const tabs = ['purposes', 'retention', 'accesses', 'requests'];

/** What data is taken for, how long it is kept, who looked at it, and what people outside ask for. */
export default function PrivacyPage() {
  const { t } = useTranslation('privacy');
  const address = useAddress();
  const asked = address.get('tab') ?? '';
  const tab = tabs.includes(asked) ? asked : 'purposes';
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(key) => {
          address.set({ tab: key === 'purposes' ? null : key });
        }}
        tabs={tabs.map((key) => ({ key, label: t(`tabs.${key}`) }))}
      />
      {tab === 'purposes' && <Purposes />}
      {tab === 'retention' && <Periods />}
      {tab === 'accesses' && <Looks />}
      {tab === 'requests' && <Requests />}
    </div>
  );
}

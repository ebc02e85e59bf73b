import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import { Directory } from './Directory';
import { Setup } from './Setup';
import { useIntegrations } from './integrations';
import css from './integrations.module.css';

/** WeCom, DingTalk and Feishu: how each is set up, and what its address book says. */
export default function IntegrationsPage() {
  const { t } = useTranslation('integrations');
  const name = useName();
  const address = useAddress();
  const integrations = useIntegrations();
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <Faces query={integrations} rows={8}>
        {(list) => {
          const one = list.find((other) => other.key === address.get('provider')) ?? list[0];
          if (!one) return null;
          return (
            <>
              <Tabs
                label={t('title')}
                value={one.key}
                onChange={(key) => {
                  address.set({ provider: key });
                }}
                tabs={list.map((other) => ({ key: other.key, label: other.is_on ? `${name(other.name)} ✓` : name(other.name) }))}
              />
              <Setup key={`${one.key}-setup`} integration={one} />
              {one.has_directory && <Directory key={`${one.key}-directory`} integration={one} />}
            </>
          );
        }}
      </Faces>
    </div>
  );
}

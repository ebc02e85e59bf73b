import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Tabs } from '@/ui/Tabs';

const paths = { rules: '/admin/routing', groups: '/admin/routing-groups', report: '/admin/routing-report' } as const;

/** The three sides of routing: rules, who receives, and how fair it was. */
export function RoutingTabs({ value }: { value: keyof typeof paths }) {
  const { t } = useTranslation('routing');
  const navigate = useNavigate();
  return (
    <Tabs
      label={t('title')}
      tabs={Object.keys(paths).map((key) => ({ key, label: t(`tabs.${key}`) }))}
      value={value}
      onChange={(key) => {
        void navigate(paths[key as keyof typeof paths]);
      }}
    />
  );
}

import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAllowed } from '@/features/identity/session';
import { Tabs } from '@/ui/Tabs';

const paths = { paths: '/nurture', templates: '/nurture/templates', library: '/nurture/library', messages: '/nurture/messages', rules: '/nurture/rules', refusals: '/nurture/refusals' } as const;
type Key = keyof typeof paths;

/** The sides of nurturing: paths, what they send, what was sent, and what may be sent. */
export function NurtureTabs({ value }: { value: Key }) {
  const { t } = useTranslation('nurture');
  const navigate = useNavigate();
  const manages = useAllowed('nurture.manage');
  const shown = (Object.keys(paths) as Key[]).filter((key) => manages || key === 'paths' || key === 'messages');
  return <Tabs label={t('title')} tabs={shown.map((key) => ({ key, label: t(`tabs.${key}`) }))} value={value} onChange={(key) => void navigate(paths[key as Key])} />;
}

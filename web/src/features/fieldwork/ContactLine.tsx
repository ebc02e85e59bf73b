import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRelated } from '@/features/records/queries';

type Props = { type: string; id: number; value: number | null; held: { id: number; name: string } | null; onChange: (id: number | null) => void };

/** With whom of the customer one has spoken; nothing where nobody is known. */
export function ContactLine({ type, id, value, held, onChange }: Props) {
  const { t } = useTranslation('followups');
  const groups = useRelated(type, id).data ?? [];
  const found = (groups.find((group) => group.type === 'contact')?.items ?? []).map((one) => {
    const title = one.values['title'];
    return { value: one.id, label: typeof title === 'string' && title ? `${one.title} · ${title}` : one.title };
  });
  const options = held && !found.some((one) => one.value === held.id) ? [...found, { value: held.id, label: held.name }] : found;
  if (options.length === 0) return null;
  return (
    <Select
      aria-label={t('contact')}
      placeholder={t('contact')}
      style={{ minWidth: 160 }}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      options={options}
      onChange={(chosen?: number) => { onChange(chosen ?? null); }}
    />
  );
}

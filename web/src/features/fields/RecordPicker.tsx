import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/features/records/queries';
import { useSearch } from '@/features/records/search';
import { useClearing } from '@/ui/clearing';
import { useIsBehind } from '@/ui/rested';

type Props = {
  type: string;
  value: number | null;
  onChange: (id: number | null) => void;
  shown?: string;
  label: string;
  id?: string;
  autoFocus?: boolean;
};

/** Chooses one record of a type by a part of its name or its pinyin initials. While something is typed only what is found for it is listed, so Enter takes nothing else. */
export function RecordPicker({ type, value, onChange, shown, label, id, autoFocus }: Props) {
  const { t } = useTranslation('fields');
  const clearing = useClearing();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<{ value: number; label: string } | null>(null);
  const hits = useSearch(text, type, 20);
  const isBehind = useIsBehind(text, hits.isPlaceholderData);
  const options = (isBehind ? [] : (hits.data ?? [])).map((hit) => ({
    value: hit.id,
    label: hit.subtitle ? `${hit.title} · ${hit.subtitle}` : hit.title,
  }));
  const isNamed = value === null || shown !== undefined || picked?.value === value;
  const unnamed = useRecord(type, value ?? 0, !isNamed);
  const current = picked?.value === value ? picked : value !== null ? { value, label: shown ?? unnamed.data?.title ?? `#${value}` } : null;
  if (current && text.trim() === '' && !options.some((one) => one.value === current.value)) options.unshift(current);
  return (
    <Select
      id={id}
      aria-label={label}
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear={clearing}
      autoFocus={autoFocus}
      placeholder={t('typeToSearch')}
      notFoundContent={!text ? t('typeToSearch') : isBehind || hits.isFetching ? t('loading', { ns: 'ui' }) : t('nothingFound')}
      value={value ?? undefined}
      options={options}
      onChange={(next: number | undefined) => {
        setPicked(options.find((one) => one.value === next) ?? null);
        onChange(next ?? null);
      }}
    />
  );
}

import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ref } from '@/api/types';
import { useClearing } from '@/ui/clearing';
import { useIsBehind } from '@/ui/rested';
import { usePeople, usePerson } from './people';

type Person = Ref & { unit?: Ref | null };

type Props = {
  value: number | null | undefined;
  onChange: (id: number | null, person: Ref | null) => void;
  known?: Ref | null;
  label: string;
  /** What stands where nobody is chosen. */
  placeholder?: string;
  id?: string;
  allowClear?: boolean;
  autoFocus?: boolean;
};

/** Chooses one person by name or pinyin. While something is typed only who is found for it is listed, so Enter takes no other. */
export function PersonPicker({ value, onChange, known, label, placeholder, id, allowClear = true, autoFocus }: Props) {
  const { t } = useTranslation('org');
  const clearing = useClearing(allowClear);
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const people = usePeople(text, opened || Boolean(autoFocus));
  const found: Person[] = people.data ?? [];
  const isUnnamed = typeof value === 'number' && known?.id !== value && !found.some((person) => person.id === value);
  const asked = usePerson(value ?? null, isUnnamed);
  const chosen: Person | null = known?.id === value ? (known ?? null) : (asked.data ?? null);
  const isBehind = useIsBehind(text, people.isPlaceholderData);
  const all: Person[] = chosen && !found.some((person) => person.id === chosen.id) ? [chosen, ...found] : found;
  const listed = text.trim() === '' ? all : isBehind ? [] : found;
  return (
    <Select
      id={id}
      aria-label={label}
      style={{ width: '100%' }}
      value={isUnnamed && !chosen ? undefined : (value ?? undefined)}
      placeholder={placeholder ?? t('choosePerson')}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear={clearing}
      autoFocus={autoFocus}
      notFoundContent={isBehind || people.isFetching ? t('loading', { ns: 'ui' }) : t('nobodyFound')}
      loading={people.isFetching}
      onOpenChange={setOpened}
      onChange={(next: number | undefined) => {
        onChange(next ?? null, listed.find((person) => person.id === next) ?? null);
      }}
      options={listed.map((person) => ({
        value: person.id,
        label: person.unit ? `${person.name} · ${person.unit.name}` : person.name,
      }))}
    />
  );
}

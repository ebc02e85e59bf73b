import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ref } from '@/api/types';
import { useIsBehind } from '@/ui/rested';
import { usePeople, usePeopleNamed } from './people';

type Person = Ref & { unit?: Ref | null };

type Props = { value: number[]; onChange: (ids: number[]) => void; label: string; id?: string; below?: boolean };

/** Chooses several people by name or pinyin, in an order. While something is typed only who is found for it is listed, so Enter takes no other; with `below` only whom one leads. */
export function PeoplePicker({ value, onChange, label, id, below }: Props) {
  const { t } = useTranslation('org');
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const people = usePeople(text, opened, below);
  const named = usePeopleNamed(value);
  const known: Person[] = named.data ?? [];
  const found: Person[] = people.data ?? [];
  const isBehind = useIsBehind(text, people.isPlaceholderData);
  const all = [...known, ...found.filter((one) => !known.some((other) => other.id === one.id))];
  const listed = text.trim() === '' ? all : isBehind ? [] : found;
  return (
    <Select
      id={id}
      mode="multiple"
      aria-label={label}
      style={{ width: '100%' }}
      value={named.data || value.length === 0 ? value : []}
      placeholder={t('choosePeople')}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={isBehind || people.isFetching ? t('loading', { ns: 'ui' }) : t('nobodyFound')}
      loading={people.isFetching}
      onOpenChange={setOpened}
      onChange={(ids: number[]) => {
        onChange(ids);
        setText('');
      }}
      options={listed.map((person) => ({ value: person.id, label: person.unit ? `${person.name} · ${person.unit.name}` : person.name }))}
    />
  );
}

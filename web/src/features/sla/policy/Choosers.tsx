import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyCatalogue } from '@/api/types';
import { usePeople, usePeopleNamed } from '@/features/org/people';
import { useClearing } from '@/ui/clearing';
import { useName } from '@/ui/names';
import type { Basis } from './definition';

type Many = { label: string; value: string[]; catalogue: PolicyCatalogue; onChange: (value: string[]) => void };
const person = /^person:(\d+)$/;

function useRelationOptions(catalogue: PolicyCatalogue, chosen: string[]) {
  const { t } = useTranslation('sla');
  const name = useName();
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const ids = chosen.map((one) => Number(person.exec(one)?.[1] ?? 0)).filter((id) => id > 0);
  const named = usePeopleNamed(ids).data ?? [];
  const found = usePeople(text, opened).data ?? [];
  const people = [...named, ...found.filter((one) => !named.some((other) => other.id === one.id))];
  const relations = catalogue.relations.map((one) => ({ value: one.key, label: one.sentence }));
  const known = new Set([...relations.map((one) => one.value), ...catalogue.roles.map((role) => `role:${role.key}`)]);
  const others = chosen.filter((one) => !known.has(one) && !person.test(one));
  return {
    setText,
    setOpened,
    options: [
      { label: t('policy.byRelation'), options: [...relations, ...others.map((one) => ({ value: one, label: one === 'route' ? t('policy.byRules') : one }))] },
      { label: t('policy.byRole'), options: catalogue.roles.map((role) => ({ value: `role:${role.key}`, label: name(role.name) })) },
      { label: t('policy.byName'), options: people.map((one) => ({ value: `person:${one.id}`, label: one.name })) },
    ],
  };
}

/** Who is told: by relation to the owner, by role, or by name. */
export function PeopleChooser({ label, value, catalogue, onChange }: Many) {
  const { t } = useTranslation('sla');
  const { options, setText, setOpened } = useRelationOptions(catalogue, value);
  return (
    <Select
      mode="multiple"
      aria-label={label}
      placeholder={t('policy.nobody')}
      style={{ width: '100%' }}
      value={value}
      options={options}
      showSearch={{ optionFilterProp: 'label', onSearch: setText }}
      onOpenChange={setOpened}
      onChange={onChange}
    />
  );
}

type One = { label: string; value: string; catalogue: PolicyCatalogue; onChange: (value: string) => void; clearable?: boolean };

/** One person: by relation, by role, or by name. */
export function PersonChooser({ label, value, catalogue, onChange, clearable = false }: One) {
  const { t } = useTranslation('sla');
  const clearing = useClearing(clearable);
  const { options, setText, setOpened } = useRelationOptions(catalogue, value ? [value] : []);
  return (
    <Select<string | undefined>
      aria-label={label}
      placeholder={t('policy.nobody')}
      style={{ width: '100%' }}
      allowClear={clearing}
      value={value || undefined}
      options={options}
      showSearch={{ optionFilterProp: 'label', onSearch: setText }}
      onOpenChange={setOpened}
      onChange={(next) => {
        onChange(next ?? '');
      }}
    />
  );
}

/** By which ways; none chosen leaves it to the event and to what people set for themselves. */
export function ChannelChooser({ label, value, catalogue, onChange }: Many) {
  const { t } = useTranslation('sla');
  return (
    <Select
      mode="multiple"
      aria-label={label}
      placeholder={t('policy.usualChannels')}
      style={{ width: '100%' }}
      value={value}
      options={catalogue.channels.map((one) => ({ value: one.key, label: one.sentence }))}
      onChange={onChange}
    />
  );
}

/** Whether a duration counts around the clock or in working hours. */
export function BasisChooser({ label, value, onChange }: { label: string; value: Basis; onChange: (value: Basis) => void }) {
  const { t } = useTranslation('sla');
  return (
    <Select<Basis>
      aria-label={label}
      value={value}
      options={(['natural', 'working'] as const).map((key) => ({ value: key, label: t(`time.${key}`) }))}
      onChange={onChange}
    />
  );
}

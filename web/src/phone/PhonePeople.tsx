import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople, usePeopleNamed } from '@/features/org/people';
import css from './phone.module.css';

type Props = { label: string; value: number[]; onChange: (ids: number[]) => void };

/** Chooses several people by typing a part of the name or its initials. */
export function PhonePeople({ label, value, onChange }: Props) {
  const { t } = useTranslation('org');
  const [text, setText] = useState('');
  const known = usePeopleNamed(value).data ?? [];
  const found = usePeople(text).data ?? [];
  const chosen = known.filter((one) => value.includes(one.id));
  const people = [...chosen, ...found.filter((one) => !chosen.some((other) => other.id === one.id)).slice(0, 8)];
  return (
    <fieldset className={css.people}>
      <legend>{label}</legend>
      <input type="search" aria-label={label} placeholder={t('users.search')} value={text} onChange={(event) => { setText(event.target.value); }} />
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <label className={css.tick}>
              <input
                type="checkbox"
                checked={value.includes(person.id)}
                onChange={(event) => { onChange(event.target.checked ? [...value, person.id] : value.filter((id) => id !== person.id)); }}
              />
              <span>
                {person.name} <small className="muted">{person.unit?.name}</small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

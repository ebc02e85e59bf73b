import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '@/features/org/people';
import css from './phone.module.css';

type Props = { label: string; value: number | null; onChange: (id: number | null) => void };

/** Chooses a person by typing a part of the name or its initials. */
export function PhonePerson({ label, value, onChange }: Props) {
  const { t } = useTranslation('org');
  const [text, setText] = useState('');
  const people = usePeople(text).data ?? [];
  const chosen = people.find((one) => one.id === value);
  return (
    <fieldset className={css.people}>
      <legend>{label}</legend>
      <input
        type="search"
        aria-label={label}
        placeholder={t('users.search')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (!chosen) onChange(null);
        }}
      />
      <ul>
        {people.slice(0, 8).map((person) => (
          <li key={person.id}>
            <label className={css.tick}>
              <input type="radio" name="person" checked={person.id === value} onChange={() => { onChange(person.id); }} />
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

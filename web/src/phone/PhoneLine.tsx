import { useTranslation } from 'react-i18next';
import type { Name } from '@/api/types';
import { useName } from '@/ui/names';
import css from './phone.module.css';

type Line = { key: string; name: Name; type: string; choices: { key: string; name: Name }[] };
type Props = { line: Line; required: boolean; value: unknown; onChange: (value: unknown) => void };

const kinds: Record<string, string> = { date: 'date', number: 'number', money: 'number' };

/** One line of an approval's form, filled with the phone's own controls. */
export function PhoneLine({ line, required, value, onChange }: Props) {
  const { t } = useTranslation('fields');
  const name = useName();
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const change = (next: string) => {
    onChange(line.type === 'number' && next ? Number(next) : next || null);
  };
  if (line.type === 'boolean') {
    return (
      <label className={css.tick}>
        <input type="checkbox" checked={value === true} onChange={(event) => { onChange(event.target.checked); }} />
        {name(line.name)}
      </label>
    );
  }
  return (
    <label>
      {name(line.name)}
      {line.type === 'choice' ? (
        <select value={text} required={required} onChange={(event) => { change(event.target.value); }}>
          <option value="">{t('choose')}</option>
          {line.choices.map((choice) => (
            <option key={choice.key} value={choice.key}>
              {name(choice.name)}
            </option>
          ))}
        </select>
      ) : line.type === 'long_text' ? (
        <textarea rows={3} required={required} value={text} onChange={(event) => { change(event.target.value); }} />
      ) : (
        <input type={kinds[line.type] ?? 'text'} step="any" required={required} value={text} onChange={(event) => { change(event.target.value); }} />
      )}
    </label>
  );
}

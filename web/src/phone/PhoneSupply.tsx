import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FieldMeta, RecordDetail, TypeMeta } from '@/api/types';
import { openChoices } from '@/features/fields/rules';
import { UploadBox } from '@/features/files/UploadBox';
import { useChecklist, useTick } from '@/features/process/moves';
import { placeOf } from '@/features/process/where';
import { recordPath } from '@/features/records/address';
import { fieldOf, useMeta } from '@/features/records/meta';
import { usePatchRecord } from '@/features/records/queries';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './phone.module.css';

type Props = { where: string; type: TypeMeta; record: RecordDetail; onDone: () => void };
const kinds: Record<string, string> = { date: 'date', phone: 'tel', email: 'email', number: 'number', money: 'number', datetime: 'datetime-local' };

function FieldLine({ field, record, type, onDone }: { field: FieldMeta } & Omit<Props, 'where'>) {
  const { t } = useTranslation('phone');
  const name = useName();
  const say = useToast();
  const patch = usePatchRecord(type.key, record.id);
  const [value, setValue] = useState(String(record.values[field.key] ?? ''));
  const save = () => {
    const values = { [field.key]: field.type === 'number' ? Number(value) : value };
    patch.mutate(
      { version: record.version, values },
      {
        onSuccess: onDone,
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <form
      className={css.supply}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label>
        {name(field.name)}
        {field.type === 'choice' ? (
          <select value={value} required onChange={(event) => { setValue(event.target.value); }}>
            <option value="">{t('choose', { ns: 'fields' })}</option>
            {openChoices(field, record.values).map((choice) => (
              <option key={choice.key} value={choice.key}>
                {name(choice.name)}
              </option>
            ))}
          </select>
        ) : (
          <input type={kinds[field.type] ?? 'text'} step="any" value={value} required onChange={(event) => { setValue(event.target.value); }} />
        )}
      </label>
      <button type="submit" className={css.primary} disabled={patch.isPending}>
        {t('save', { ns: 'ui' })}
      </button>
    </form>
  );
}

function Ticks({ stage, type, record }: { stage: string } & Omit<Props, 'where' | 'onDone'>) {
  const name = useName();
  const list = useChecklist(type.key, record.id);
  const tick = useTick(type.key, record.id);
  return (
    <div className={css.supply}>
      {(list.data ?? [])
        .filter((item) => item.stage === stage)
        .map((item) => (
          <label key={item.item} className={css.tick}>
            <input
              type="checkbox"
              checked={item.ticked}
              disabled={tick.isPending}
              onChange={(event) => {
                tick.mutate({ item: item.item, ticked: event.target.checked });
              }}
            />
            {name(item.name)}
          </label>
        ))}
    </div>
  );
}

/** The control that supplies one missing item, right below it. */
export function PhoneSupply({ where, type, record, onDone }: Props) {
  const { t } = useTranslation('phone');
  const name = useName();
  const documents = useMeta().data?.document_kinds ?? [];
  const place = placeOf(where);
  const field = place.part === 'field' ? fieldOf(type, place.key) : undefined;
  const simple = field && !['record', 'person', 'choices', 'long_text', 'boolean'].includes(field.type);
  if (field && simple) return <FieldLine field={field} type={type} record={record} onDone={onDone} />;
  if (place.part === 'files') {
    const kind = name(documents.find((one) => one.key === place.key)?.name) || place.key;
    return <UploadBox type={type.key} id={record.id} kind={place.key} kindName={kind} onDone={onDone} />;
  }
  if (place.part === 'checklist') return <Ticks stage={place.key} type={type} record={record} />;
  return <a href={recordPath(type.key, record.id, where)}>{t('fullPage')}</a>;
}

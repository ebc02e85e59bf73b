import { useTranslation } from 'react-i18next';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { fieldOf } from '@/features/records/meta';
import { ago, dateTime } from '@/ui/format';
import { EditableField } from './EditableField';
import css from './KeyFields.module.css';

/** The fields that people look at first, editable in place. */
export function KeyFields({ type, record }: { type: TypeMeta; record: RecordDetail }) {
  const { t } = useTranslation('desk');
  const keys = [...new Set([...type.card_fields, ...type.list_columns])];
  const fields = keys
    .map((key) => fieldOf(type, key))
    .filter((field) => field !== undefined)
    .filter((field) => field.key !== 'owner' && field.key !== 'stage' && field.key !== type.title_field);
  return (
    <section className={css.panel} aria-label={t('record.key')}>
      <h2 className={css.heading}>{t('record.key')}</h2>
      <dl>
        {fields.map((field) => (
          <EditableField key={field.key} id={`key-${field.key}`} type={type} record={record} field={field} />
        ))}
      </dl>
      <dl className={css.times}>
        {(['created_at', 'updated_at', 'last_activity_at'] as const).map((key) => (
          <div key={key}>
            <dt>{t(`system.${key}`)}</dt>
            <dd title={dateTime(record[key])}>{ago(record[key])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

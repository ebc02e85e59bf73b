import { useTranslation } from 'react-i18next';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { sections } from '@/features/fields/rules';
import { useName } from '@/ui/names';
import { EditableField } from './EditableField';
import css from './Details.module.css';

/** Every field that this person may see, by section, each editable in place. */
export default function Details({ type, record, focus }: { type: TypeMeta; record: RecordDetail; focus: string | null }) {
  const { t } = useTranslation('fields');
  const name = useName();
  return (
    <div className={css.details}>
      {sections(type, type.fields).map((group) => (
        <section key={group.section?.key ?? ''}>
          <h3 className={css.heading}>{group.section ? name(group.section.name) : t('otherSection')}</h3>
          <dl className={css.grid}>
            {group.fields.map((field) => (
              <EditableField
                key={field.key}
                id={`detail-${field.key}`}
                type={type}
                record={record}
                field={field}
                editNow={focus === field.key}
              />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

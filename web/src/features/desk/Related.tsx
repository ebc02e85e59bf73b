import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordDetail, RelatedGroup, TypeMeta } from '@/api/types';
import { StageTag } from '@/features/process/StageTag';
import { listPath, recordPath } from '@/features/records/address';
import { stageOf, useTypes } from '@/features/records/meta';
import { useRelated } from '@/features/records/queries';
import { RecordClockBadge } from '@/features/sla/RecordClockBadge';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { shownColumns, titleText, useColumns } from './columns';
import css from './Related.module.css';

function Group({ type, field, record, group }: { type: TypeMeta; field: string | null; record: RecordDetail; group: RelatedGroup }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const columns = shownColumns(useColumns(type), type.card_fields, type).filter(
    (column) => column.key !== type.title_field && !['stage', 'clock', field].includes(column.key),
  );
  const all = field ? listPath(type.key, { filter: JSON.stringify({ combinator: 'and', rules: [{ field, operator: '=', value: record.id }] }) }) : null;
  return (
    <section>
      <div className={css.head}>
        <h3>
          {name(type.plural)} <span className="muted">{group.count}</span>
        </h3>
        <span className="grow" />
        {field && type.can.create !== 'none' && (
          <Link to={`/r/${type.key}/new?with=${encodeURIComponent(JSON.stringify({ [field]: record.id }))}`}>
            {t('record.addRelated', { type: name(type.name) })}
          </Link>
        )}
      </div>
      <ul className={css.list}>
        {group.items.map((item) => (
          <li key={item.id} className={css.item}>
            <Link to={recordPath(type.key, item.id)} className={css.title}>
              {titleText(item)}
            </Link>
            {item.stage && <StageTag stage={stageOf(type, item.stage)} />}
            {item.clock && <RecordClockBadge clock={item.clock} record={{ ...item, title: titleText(item) }} />}
            {columns.slice(0, 2).map((column) => (
              <span key={column.key} className={css.fact}>
                {column.draw(item)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {all && group.count > group.items.length && <Link to={all}>{t('record.showAll', { count: group.count })}</Link>}
    </section>
  );
}

/** Records that belong to this one, or to the same customer. */
export default function Related({ type, record }: { type: TypeMeta; record: RecordDetail }) {
  const { t } = useTranslation('desk');
  const types = useTypes();
  const related = useRelated(type.key, record.id);
  const fieldTo = (other: TypeMeta) =>
    other.fields.find((one) => one.type === 'record' && one.record_type === type.key)?.key ?? null;
  return (
    <Faces query={related}>
      {(found) => {
        const addable = types.filter((other) => other.can.create !== 'none' && fieldTo(other) && !found.some((group) => group.type === other.key));
        const groups = [...found, ...addable.map((other): RelatedGroup => ({ type: other.key, field: fieldTo(other) ?? '', items: [], count: 0 }))];
        if (groups.length === 0) return <Empty title={t('record.noRelated')} />;
        return (
          <div className={css.groups}>
            {groups.map((group) => {
              const other = types.find((one) => one.key === group.type);
              if (!other) return null;
              return <Group key={group.type} type={other} field={fieldTo(other)} record={record} group={group} />;
            })}
          </div>
        );
      }}
    </Faces>
  );
}

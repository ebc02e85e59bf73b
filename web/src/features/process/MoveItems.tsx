import { CheckCircleFilled } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/api/problem';
import type { MissingItem, RecordDetail, TypeMeta } from '@/api/types';
import { FieldForm } from '@/features/fields/FieldForm';
import { UploadBox } from '@/features/files/UploadBox';
import { fieldOf, useMeta } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { MissingList, Why } from './MissingList';
import css from './MoveSheet.module.css';
import { progressText } from './itemFacts';
import { useChecklist } from './moves';
import { placeOf } from './where';

/** The checklist entries that an item wants ticked, as <stage>.<entry>. */
function tickKeys(item: MissingItem): string[] {
  return Array.isArray(item.expected) ? item.expected.map((key) => `${item.why.stage}.${String(key)}`) : [];
}

type Props = {
  type: TypeMeta;
  record: RecordDetail;
  items: MissingItem[];
  open: Set<string>;
  values: Record<string, unknown>;
  setValues: (values: Record<string, unknown>) => void;
  ticks: string[];
  setTicks: (ticks: string[]) => void;
  errors: FieldError[];
  onGo?: (where: string) => void;
};

/** What a move asks for, each item with the control that supplies it. */
export function MoveItems({ type, record, items, open, values, setValues, ticks, setTicks, errors, onGo }: Props) {
  const { t } = useTranslation('process');
  const name = useName();
  const kinds = useMeta().data?.document_kinds ?? [];
  const kindName = (key: string) => name(kinds.find((kind) => kind.key === key)?.name) || key;
  const isInline = (item: MissingItem) => {
    const place = placeOf(item.where);
    return place.part === 'field' && fieldOf(type, place.key)?.access === 'edit';
  };
  const checklist = useChecklist(type.key, record.id);
  const inline = items.filter(isInline);
  const checks = items.filter((item) => item.kind === 'checklist');
  const documents = items.filter((item) => item.kind === 'document');
  const others = items.filter((item) => item.kind !== 'approval' && !inline.includes(item) && !checks.includes(item) && !documents.includes(item));
  const keys = [...new Set(inline.map((item) => placeOf(item.where).key))];
  const fields = keys.map((key) => fieldOf(type, key)).filter((field) => field !== undefined);
  const conditions = inline.filter((item) => item.kind === 'condition');

  return (
    <>
      {fields.length > 0 && (
        <section>
          <h3>{t('sheet.fields')}</h3>
          <FieldForm
            plain
            prefix="move"
            type={type}
            fields={fields}
            values={{ ...record.values, ...values }}
            labels={record.labels}
            errors={errors}
            required={keys}
            onChange={(next) => {
              setValues(Object.fromEntries(Object.entries(next).filter(([key, value]) => value !== record.values[key])));
            }}
          />
          {conditions.map((item) => (
            <p key={item.item} className={css.hint}>
              {name(item.name)}
            </p>
          ))}
        </section>
      )}
      {checks.length > 0 && (
        <section>
          <h3>{t('sheet.checklist')}</h3>
          {checks.flatMap(tickKeys).map((key) => {
            const known = checklist.data?.find((one) => one.item === key);
            const ticked = known?.ticked ?? false;
            return (
              <div key={key} className={css.check}>
                <Checkbox
                  checked={ticked || ticks.includes(key)}
                  disabled={ticked}
                  onChange={(event) => {
                    setTicks(event.target.checked ? [...ticks, key] : ticks.filter((one) => one !== key));
                  }}
                >
                  {known ? name(known.name) : key}
                </Checkbox>
              </div>
            );
          })}
        </section>
      )}
      {documents.length > 0 && (
        <section>
          <h3>{t('sheet.documents')}</h3>
          {documents.map((item) => (
            <div key={item.item} className={css.document}>
              <div className={css.line}>
                <strong>{name(item.name)}</strong>
                {open.has(item.item) ? (
                  <span className="muted">{progressText(item, t)}</span>
                ) : (
                  <span className={css.done}>
                    <CheckCircleFilled aria-hidden /> {t('sheet.uploaded')}
                  </span>
                )}
              </div>
              {open.has(item.item) && (
                <UploadBox compact type={type.key} id={record.id} kind={placeOf(item.where).key} kindName={kindName(placeOf(item.where).key)} />
              )}
            </div>
          ))}
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h3>{t('sheet.others')}</h3>
          <MissingList
            items={others}
            type={type}
            onGo={onGo}
            extra={(item) => !open.has(item.item) && <CheckCircleFilled className={css.done} aria-label={t('sheet.clear')} />}
          />
        </section>
      )}
      {[...inline, ...checks, ...documents].length > 0 && (
        <details className={css.reasons}>
          <summary>{t('why.ask')}</summary>
          {[...inline, ...checks, ...documents].map((item) => (
            <div key={item.item}>
              <strong>{name(item.name)}</strong>
              <Why item={item} type={type} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

import { CheckOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Conflict } from '@/api/problem';
import type { FieldMeta, RecordDetail, TypeMeta } from '@/api/types';
import { FieldInput } from '@/features/fields/FieldInput';
import { FieldValue } from '@/features/fields/FieldValue';
import { changed } from '@/features/fields/rules';
import { usePatchRecord } from '@/features/records/queries';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './EditableField.module.css';

const ConflictDialog = lazy(() => import('./ConflictDialog'));

type Props = { type: TypeMeta; record: RecordDetail; field: FieldMeta; editNow?: boolean; id: string };

/** One field that is read, and edited in place on a click. */
export function EditableField({ type, record, field, editNow, id }: Props) {
  const { t } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const patch = usePatchRecord(type.key, record.id);
  const editable = record.can.edit && field.access === 'edit' && !record.deleted_at;
  const [asked, setAsked] = useState(false);
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState<unknown>(null);
  const [error, setError] = useState('');
  const [conflict, setConflict] = useState<Conflict[] | null>(null);
  const row = useRef<HTMLDivElement>(null);
  if (Boolean(editNow) !== asked) {
    setAsked(Boolean(editNow));
    if (editNow && editable) {
      setDraft(record.values[field.key]);
      setEditing(true);
    }
  }
  useEffect(() => {
    if (editNow) row.current?.scrollIntoView({ block: 'center' });
  }, [editNow]);

  const start = () => {
    setDraft(record.values[field.key]);
    setError('');
    setEditing(true);
  };
  const save = (value: unknown) => {
    if (value === record.values[field.key]) {
      setEditing(false);
      return;
    }
    const after = changed(type, record.values, field.key, value);
    const values = Object.fromEntries(Object.entries(after).filter(([key, one]) => one !== record.values[key]));
    patch.mutate(
      { version: record.version, values },
      {
        onSuccess: () => {
          say('ok', t('saved', { ns: 'ui' }));
          setEditing(false);
        },
        onError: (failure) => {
          const problem = problemOf(failure);
          if (problem?.status === 412) setConflict(problem.conflict);
          else setError(problem?.errors.find((one) => one.field === field.key)?.message ?? problem?.message ?? '');
        },
      },
    );
  };
  const quick = ['choice', 'date', 'boolean', 'person', 'record'].includes(field.type);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && field.type !== 'long_text' && !quick) save(draft);
    if (event.key === 'Escape') {
      event.stopPropagation();
      setEditing(false);
    }
  };
  const label = name(field.name);
  return (
    <div ref={row} className={css.row} data-editing={editing || undefined}>
      <dt className={css.label}>{label}</dt>
      <dd className={css.value}>
        {editing ? (
          <div className={css.editor} onKeyDown={onKey}>
            <div className="grow">
              <FieldInput
                id={id}
                field={field}
                label={label}
                value={draft}
                values={record.values}
                shown={record.labels[field.key]}
                autoFocus
                status={error ? 'error' : ''}
                onChange={(value) => {
                  setDraft(value);
                  if (quick) save(value);
                }}
              />
            </div>
            {!quick && (
              <button type="button" className={css.icon} aria-label={t('save', { ns: 'ui' })} onClick={() => { save(draft); }}>
                <CheckOutlined />
              </button>
            )}
            <button type="button" className={css.icon} aria-label={t('cancel', { ns: 'ui' })} onClick={() => { setEditing(false); }}>
              <CloseOutlined />
            </button>
            {error && (
              <div className={css.error} role="alert">
                {error}
              </div>
            )}
          </div>
        ) : (
          <>
            <span className={css.text}>
              <FieldValue field={field} record={record} />
            </span>
            {editable && (
              <button type="button" className={css.icon} aria-label={t('record.edit', { field: label })} onClick={start}>
                <EditOutlined />
              </button>
            )}
          </>
        )}
      </dd>
      {conflict && (
        <Suspense fallback={null}>
          <ConflictDialog
            type={type}
            record={record}
            conflict={conflict}
            onClose={() => {
              setConflict(null);
              setEditing(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

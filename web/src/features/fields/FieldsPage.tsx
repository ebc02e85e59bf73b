import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldRow, TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './FieldsPage.module.css';
import { useFields } from './admin';

const FieldSheet = lazy(() => import('./FieldSheet'));
const newField = '+';

function Marks({ field }: { field: FieldRow }) {
  const { t } = useTranslation('fields');
  const marks = [
    ...(field.required ? [t('required', { ns: 'ui' })] : []),
    ...(field.builtin ? [t('admin.builtin')] : []),
    ...(field.active ? [] : [t('admin.off')]),
    ...(field.limits.length > 0 ? [t('admin.limited', { count: field.limits.length })] : []),
  ];
  return (
    <span className={css.marks}>
      {marks.map((mark) => (
        <span key={mark}>{mark}</span>
      ))}
    </span>
  );
}

function FieldTable({ type, fields, onOpen }: { type: TypeMeta; fields: FieldRow[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation('fields');
  const name = useName();
  const section = (key: string) => name(type.sections.find((one) => one.key === key)?.name) || t('otherSection');
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('name', { ns: 'ui' })}</th>
            <th scope="col">{t('admin.type')}</th>
            <th scope="col">{t('admin.section')}</th>
            <th scope="col">{t('admin.marks')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key} data-off={!field.active || undefined}>
              <th scope="row">
                <button type="button" className={css.open} onClick={() => { onOpen(field.key); }}>
                  {name(field.name)}
                </button>
                <code>{field.key}</code>
              </th>
              <td>{t(`admin.types.${field.type}`)}</td>
              <td>{section(field.section)}</td>
              <td>
                <Marks field={field} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The fields of each record type: own ones, their choices, and what each role may see. */
export default function FieldsPage() {
  const { t } = useTranslation('fields');
  const name = useName();
  const types = useTypes();
  const address = useAddress();
  const type = types.find((one) => one.key === address.get('type')) ?? types[0];
  const fields = useFields(type?.key ?? '');
  const opened = address.get('field');
  const open = (key: string | null) => {
    address.set({ field: key });
  };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('admin.title')}</h1>
        <Button type="primary" onClick={() => { open(newField); }}>
          {t('admin.add')}
        </Button>
      </div>
      <Tabs
        label={t('admin.recordType')}
        tabs={types.map((one) => ({ key: one.key, label: name(one.name) }))}
        value={type?.key ?? ''}
        onChange={(key) => {
          address.set({ type: key, field: null });
        }}
      />
      <section className={css.panel}>
        <Faces query={fields} rows={10} isEmpty={(list) => list.length === 0} empty={<Empty title={t('admin.empty')} />}>
          {(list) => {
            const field = list.find((one) => one.key === opened) ?? null;
            return (
              type && (
                <>
                  <FieldTable type={type} fields={list} onOpen={open} />
                  {(field || opened === newField) && (
                    <Suspense fallback={null}>
                      <FieldSheet key={opened} type={type} field={field} keys={list.map((one) => one.key)} onClose={() => { open(null); }} />
                    </Suspense>
                  )}
                </>
              )
            );
          }}
        </Faces>
      </section>
    </div>
  );
}

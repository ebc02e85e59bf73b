import { Modal, Radio } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Conflict } from '@/api/problem';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { valueText } from '@/features/fields/display';
import { fieldOf } from '@/features/records/meta';
import { usePatchRecord, useRecord } from '@/features/records/queries';
import { Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './ConflictDialog.module.css';

type Props = { type: TypeMeta; record: RecordDetail; conflict: Conflict[]; onClose: () => void };

/** Somebody else was faster: both values side by side, and a choice for each. */
export default function ConflictDialog({ type, record, conflict, onClose }: Props) {
  const { t, i18n } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const fresh = useRecord(type.key, record.id);
  const patch = usePatchRecord(type.key, record.id);
  const [mine, setMine] = useState<Record<string, boolean>>({});
  const { refetch } = fresh;
  useEffect(() => {
    void refetch();
  }, [refetch]);
  const text = (key: string, value: unknown) => {
    const field = fieldOf(type, key);
    const shown = field ? valueText(field, value, i18n.language, { yes: t('yes', { ns: 'ui' }), no: t('no', { ns: 'ui' }) }) : String(value);
    return shown || '–';
  };
  const save = () => {
    const values = Object.fromEntries(conflict.filter((one) => mine[one.field]).map((one) => [one.field, one.yours]));
    if (Object.keys(values).length === 0 || !fresh.data) {
      onClose();
      return;
    }
    patch.mutate(
      { version: fresh.data.version, values },
      {
        onSuccess: onClose,
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('conflict.title')}
      okText={t('conflict.keep')}
      cancelText={t('cancel', { ns: 'ui' })}
      okButtonProps={{ disabled: fresh.isFetching }}
      confirmLoading={patch.isPending}
      onOk={save}
      onCancel={onClose}
      width={620}
    >
      <p className="muted">{t('conflict.text')}</p>
      {fresh.isFetching ? (
        <Loading rows={2} />
      ) : (
        conflict.map((one) => {
          const label = name(fieldOf(type, one.field)?.name) || one.field;
          return (
            <fieldset key={one.field} className={css.field}>
              <legend>{label}</legend>
              <Radio.Group
                value={mine[one.field] ? 'yours' : 'theirs'}
                onChange={(event) => {
                  setMine({ ...mine, [one.field]: event.target.value === 'yours' });
                }}
              >
                <Radio value="yours">
                  <span className="muted">{t('conflict.yours')} </span>
                  {text(one.field, one.yours)}
                </Radio>
                <Radio value="theirs">
                  <span className="muted">{t('conflict.theirs')} </span>
                  {text(one.field, one.theirs)}
                </Radio>
              </Radio.Group>
            </fieldset>
          );
        })
      )}
    </Modal>
  );
}

import { Checkbox, Modal, Progress, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { TypeMeta } from '@/api/types';
import type { ShownList } from '@/features/desk/listState';
import { fileSize, number } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './ExportButton.module.css';
import { useAskExport, useExport } from './exports';

/** Writes the list as it is shown to a file: which columns, which form, and the file when it is done. */
export default function ExportDialog({ type, list, onClose }: { type: TypeMeta; list: ShownList; onClose: () => void }) {
  const { t } = useTranslation('transfer');
  const name = useName();
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [columns, setColumns] = useState(() => type.fields.map((field) => field.key));
  const ask = useAskExport();
  const made = useExport(ask.data?.id);
  const done = made.data?.state === 'done';
  const problem = problemOf(ask.error);
  const share = made.data?.rows_total ? (made.data.rows_done / made.data.rows_total) * 100 : 0;
  return (
    <Modal
      open
      title={t('exportTitle', { type: name(type.plural) })}
      okText={t('export')}
      cancelText={t('close', { ns: 'ui' })}
      okButtonProps={{ disabled: columns.length === 0, style: ask.data ? { display: 'none' } : undefined }}
      confirmLoading={ask.isPending}
      onOk={() => {
        ask.mutate({ record_type: type.key, format, columns, ...list });
      }}
      onCancel={onClose}
      width={520}
    >
      {ask.data ? (
        <div className={css.form} aria-live="polite">
          <Progress percent={done ? 100 : Math.round(share)} status={made.data?.state === 'failed' ? 'exception' : done ? 'success' : 'active'} aria-label={t('progress')} />
          {done && made.data?.url && (
            <a href={made.data.url} download>
              {t('downloadFile', { rows: number(made.data.rows_total), size: fileSize(made.data.size) })}
            </a>
          )}
        </div>
      ) : (
        <div className={css.form}>
          <p className="muted">{t('exportHint')}</p>
          <Radio.Group
            aria-label={t('format')}
            value={format}
            onChange={(event) => {
              setFormat(event.target.value as 'xlsx' | 'csv');
            }}
            options={[
              { value: 'xlsx', label: 'Excel (xlsx)' },
              { value: 'csv', label: 'CSV (UTF-8)' },
            ]}
          />
          <div className={css.columns} role="group" aria-label={t('column')}>
            {type.fields.map((field) => (
              <Checkbox
                key={field.key}
                checked={columns.includes(field.key)}
                onChange={(event) => {
                  setColumns(event.target.checked ? [...columns, field.key] : columns.filter((key) => key !== field.key));
                }}
              >
                {name(field.name)}
              </Checkbox>
            ))}
          </div>
          {problem && <p role="alert">{problem.message}</p>}
        </div>
      )}
    </Modal>
  );
}

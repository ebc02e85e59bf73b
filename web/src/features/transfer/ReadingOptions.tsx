import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Import, ImportChange } from '@/api/types';
import { fileSize, number } from '@/ui/format';
import { useToast } from '@/ui/toast';
import css from './Imports.module.css';
import { useChangeImport } from './imports';

const delimiters = [',', '\t', ';', '|'] as const;

/** How the file is read: detected, and open to correction. */
export function ReadingOptions({ job }: { job: Import }) {
  const { t } = useTranslation('transfer');
  const say = useToast();
  const change = useChangeImport(job.id);
  const set = (members: Partial<ImportChange>) => {
    change.mutate(members, {
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <div className={css.options}>
      <span className="muted">
        {job.file.format.toUpperCase()} · {fileSize(job.file.size)} · {t('rowsFound', { rows: number(job.rows_total) })}
      </span>
      {job.encodings.length > 0 && (
        <div data-field="true">
          {t('encoding')}
          <Select
            aria-label={t('encoding')}
            value={job.encoding as ImportChange['encoding']}
            options={job.encodings.map((key) => ({ value: key as ImportChange['encoding'], label: t(`encodings.${key}`, { defaultValue: key }) }))}
            onChange={(encoding) => {
              set({ encoding });
            }}
          />
        </div>
      )}
      {job.delimiter !== '' && (
        <div data-field="true">
          {t('delimiter')}
          <Select
            aria-label={t('delimiter')}
            value={job.delimiter as ImportChange['delimiter']}
            options={delimiters.map((key) => ({ value: key as ImportChange['delimiter'], label: t(`delimiters.${key === '\t' ? 'tab' : key}`) }))}
            onChange={(delimiter) => {
              set({ delimiter });
            }}
          />
        </div>
      )}
      {job.file.sheets.length > 1 && (
        <div data-field="true">
          {t('sheet')}
          <Select
            aria-label={t('sheet')}
            value={job.sheet}
            options={job.file.sheets.map((key) => ({ value: key, label: key }))}
            onChange={(sheet) => {
              set({ sheet });
            }}
          />
        </div>
      )}
      <div data-field="true">
        {t('headerRow')}
        <InputNumber
          aria-label={t('headerRow')}
          min={0}
          max={1000}
          controls={false}
          value={job.header_row}
          onChange={(row) => {
            if (row !== null) set({ header_row: row, first_row: row + 1 });
          }}
        />
      </div>
    </div>
  );
}

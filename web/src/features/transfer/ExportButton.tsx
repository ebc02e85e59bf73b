import { DownloadOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypeMeta } from '@/api/types';
import type { ShownList } from '@/features/desk/listState';
import css from './ExportButton.module.css';

const ExportDialog = lazy(() => import('./ExportDialog'));

/** Opens the dialog that writes the shown list to a file. */
export function ExportButton({ type, list }: { type: TypeMeta; list: ShownList }) {
  const { t } = useTranslation('transfer');
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={css.button}
        aria-label={t('export')}
        title={t('export')}
        onClick={() => {
          setOpen(true);
        }}
      >
        <DownloadOutlined />
      </button>
      {open && (
        <Suspense fallback={null}>
          <ExportDialog
            type={type}
            list={list}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

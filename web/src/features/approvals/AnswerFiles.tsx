import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FileItem } from '@/api/types';
import { useToast } from '@/ui/toast';
import css from './AnswerFiles.module.css';
import { useAddFile } from './cases';

/** Documents that go with an action; each is uploaded at once, and kept with the record or the case. */
export function AnswerFiles({ caseId, onChange }: { caseId: number; onChange: (ids: number[]) => void }) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const add = useAddFile(caseId);
  const [files, setFiles] = useState<FileItem[]>([]);
  const set = (next: FileItem[]) => {
    setFiles(next);
    onChange(next.map((file) => file.id));
  };
  return (
    <div className={css.box}>
      <label className={css.add}>
        <PaperClipOutlined aria-hidden /> {add.isPending ? t('case.uploading') : t('case.addFile')}
        <input
          type="file"
          className="sr-only"
          disabled={add.isPending}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (!file) return;
            add.mutate(file, {
              onSuccess: (kept) => { set([...files, kept]); },
              onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
            });
          }}
        />
      </label>
      {files.map((file) => (
        <span key={file.id} className={css.file}>
          {file.name}
          <button type="button" className="plain" aria-label={`${t('remove', { ns: 'ui' })} ${file.name}`} onClick={() => { set(files.filter((one) => one.id !== file.id)); }}>
            <DeleteOutlined />
          </button>
        </span>
      ))}
    </div>
  );
}

import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FileItem } from '@/api/types';
import css from './AnswerFiles.module.css';
import { useAddFile } from './cases';

/** `caseId` is null for a request that is about to be made. `files` are kept by whoever shows this. */
type Props = { caseId: number | null; files: FileItem[]; onChange: (files: FileItem[]) => void; onBusy?: (busy: boolean) => void };
type Sending = { key: string; name: string; share: number; fault?: string };

/** Documents that go with a request or an action; each is sent at once, and says how far it is or why it was not taken. */
export function AnswerFiles({ caseId, files, onChange, onBusy }: Props) {
  const { t } = useTranslation('approvals');
  const add = useAddFile(caseId);
  const [sending, setSending] = useState<Sending[]>([]);
  const kept = useRef(files);
  const started = useRef(0);
  const busy = sending.some((one) => one.fault === undefined);
  useEffect(() => {
    kept.current = files;
  }, [files]);
  useEffect(() => {
    onBusy?.(busy);
  }, [busy, onBusy]);
  const drop = (key: string) => {
    setSending((list) => list.filter((one) => one.key !== key));
  };
  const set = (next: FileItem[]) => {
    kept.current = next;
    onChange(next);
  };
  const send = async (key: string, file: File) => {
    const mark = (change: Partial<Sending>) => {
      setSending((list) => list.map((one) => (one.key === key ? { ...one, ...change } : one)));
    };
    try {
      const taken = await add.mutateAsync({ file, onProgress: (share) => { mark({ share }); } });
      set([...kept.current.filter((one) => one.id !== taken.id), taken]);
      drop(key);
    } catch (error) {
      mark({ fault: problemOf(error)?.message ?? t('failed', { ns: 'ui' }) });
    }
  };
  const take = async (chosen: File[]) => {
    const fresh = chosen.map((file) => ({ key: `${(started.current += 1)}`, file }));
    setSending((list) => [...list.filter((one) => one.fault === undefined), ...fresh.map(({ key, file }) => ({ key, name: file.name, share: 0 }))]);
    for (const { key, file } of fresh) await send(key, file);
  };
  return (
    <div className={css.box}>
      <label className={css.add} data-busy={busy || undefined}>
        <PaperClipOutlined aria-hidden /> {busy ? t('case.uploading') : t('case.addFile')}
        <input
          type="file"
          multiple
          className="sr-only"
          disabled={busy}
          onChange={(event) => {
            const chosen = Array.from(event.target.files ?? []);
            event.target.value = '';
            void take(chosen);
          }}
        />
      </label>
      {files.map((file) => (
        <span key={file.id} className={css.file}>
          <span className="clip">{file.name}</span>
          <button type="button" className="plain" aria-label={`${t('remove', { ns: 'ui' })} ${file.name}`} onClick={() => { set(files.filter((one) => one.id !== file.id)); }}>
            <DeleteOutlined />
          </button>
        </span>
      ))}
      {sending.map((one) =>
        one.fault === undefined ? (
          <span key={one.key} className={css.sending}>
            <span className="clip">{one.name}</span>
            <progress value={one.share} max={1} aria-label={one.name} />
          </span>
        ) : (
          <p key={one.key} className={css.fault} role="alert">
            <span>
              <strong>{one.name}</strong> {one.fault}
            </span>
            <button type="button" className="plain" aria-label={`${t('remove', { ns: 'ui' })} ${one.name}`} onClick={() => { drop(one.key); }}>
              <DeleteOutlined />
            </button>
          </p>
        ),
      )}
    </div>
  );
}

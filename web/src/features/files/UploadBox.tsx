import { CloudUploadOutlined } from '@ant-design/icons';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useToast } from '@/ui/toast';
import css from './UploadBox.module.css';
import { useUpload } from './queries';

type Props = { type: string; id: number; kind: string; kindName: string; compact?: boolean; onDone?: () => void };
type Running = { name: string; share: number };

/** Takes files of one kind by choosing, dropping or pasting them. */
export function UploadBox({ type, id, kind, kindName, compact, onDone }: Props) {
  const { t } = useTranslation('files');
  const say = useToast();
  const picker = useRef<HTMLInputElement>(null);
  const upload = useUpload(type, id);
  const [running, setRunning] = useState<Running[]>([]);
  const [over, setOver] = useState(false);

  const send = async (files: Iterable<File>) => {
    for (const file of files) {
      const mark = (share: number) => {
        setRunning((list) => list.map((one) => (one.name === file.name ? { ...one, share } : one)));
      };
      setRunning((list) => [...list, { name: file.name, share: 0 }]);
      try {
        await upload.mutateAsync({ file, kind, onProgress: mark });
        say('ok', t('uploaded', { name: file.name }));
        onDone?.();
      } catch (error) {
        say('bad', `${file.name}: ${problemOf(error)?.message ?? t('uploadFailed')}`);
      }
      setRunning((list) => list.filter((one) => one.name !== file.name));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(Array.from(event.dataTransfer.files));
  };

  return (
    <div
      className={css.box}
      data-over={over || undefined}
      data-compact={compact || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
      onPaste={(event) => {
        if (event.clipboardData.files.length) void send(Array.from(event.clipboardData.files));
      }}
    >
      <button type="button" className={css.pick} onClick={() => picker.current?.click()}>
        <CloudUploadOutlined aria-hidden />
        <span>{t('uploadKind', { kind: kindName })}</span>
        {!compact && <small>{t('dropHint')}</small>}
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        style={{ display: 'none' }}
        aria-label={t('uploadKind', { kind: kindName })}
        onChange={(event) => {
          void send(Array.from(event.target.files ?? []));
          event.target.value = '';
        }}
      />
      {running.map((one) => (
        <div key={one.name} className={css.progress}>
          <span className="clip">{one.name}</span>
          <progress value={one.share} max={1} aria-label={one.name} />
        </div>
      ))}
    </div>
  );
}

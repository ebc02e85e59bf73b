import { DeleteOutlined, FileOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FileItem } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { ago, fileSize } from '@/ui/format';
import css from './FilesTab.module.css';
import { UploadBox } from './UploadBox';
import { useDeleteFile, useFiles } from './queries';

export type FileKind = { key: string; name: string };
type Props = { type: string; id: number; kinds: FileKind[]; kind?: string; editable: boolean };

function Tile({ file, onDelete }: { file: FileItem; onDelete?: () => void }) {
  const { t } = useTranslation('files');
  return (
    <li className={css.tile}>
      <a href={file.url} target="_blank" rel="noreferrer" className={css.picture}>
        {file.thumbnail_url ? <img src={file.thumbnail_url} alt="" loading="lazy" /> : <FileOutlined aria-hidden />}
        <span className="sr-only">{file.name}</span>
      </a>
      <div className={css.name} title={file.name}>
        {file.name}
      </div>
      <div className={css.facts}>
        {fileSize(file.size)} · {file.uploaded_by?.name ?? ''} · {ago(file.uploaded_at)}
      </div>
      {onDelete && (
        <button type="button" className={css.delete} aria-label={t('deleteFile', { name: file.name })} onClick={onDelete}>
          <DeleteOutlined />
        </button>
      )}
    </li>
  );
}

/** A record's files by kind, and the place to add more. */
export function FilesTab({ type, id, kinds, kind, editable }: Props) {
  const { t } = useTranslation('files');
  const files = useFiles(type, id);
  const remove = useDeleteFile(type, id);
  const confirm = useConfirm();
  const nameOf = (key: string) => kinds.find((one) => one.key === key)?.name ?? (key === 'other' ? t('otherKind') : key);
  const chosen = kind && kind !== 'other' ? kind : null;
  return (
    <div className={css.tab}>
      {editable && (
        <div className={css.boxes}>
          {chosen && <UploadBox type={type} id={id} kind={chosen} kindName={nameOf(chosen)} />}
          {kinds
            .filter((one) => one.key !== chosen)
            .map((one) => (
              <UploadBox key={one.key} type={type} id={id} kind={one.key} kindName={one.name} compact={Boolean(chosen)} />
            ))}
          <UploadBox type={type} id={id} kind="other" kindName={t('otherKind')} compact={Boolean(chosen) || kinds.length > 0} />
        </div>
      )}
      <Faces query={files} isEmpty={(list) => list.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
        {(list) =>
          [...new Set(list.map((file) => file.kind))].map((key) => (
            <section key={key}>
              <h4 className={css.kind}>{nameOf(key)}</h4>
              <ul className={css.tiles}>
                {list
                  .filter((file) => file.kind === key)
                  .map((file) => (
                    <Tile
                      key={file.id}
                      file={file}
                      onDelete={
                        editable
                          ? () => {
                              confirm({ title: t('deleteFile', { name: file.name }), danger: true, run: () => remove.mutateAsync(file.id) });
                            }
                          : undefined
                      }
                    />
                  ))}
              </ul>
            </section>
          ))
        }
      </Faces>
    </div>
  );
}

import { DeleteOutlined, FileOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileItem } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { ago, fileSize } from '@/ui/format';
import css from './FilesTab.module.css';
import { UploadBox } from './UploadBox';
import { useDeleteFile, useFiles } from './queries';

export type FileKind = { key: string; name: string };
type Props = { type: string; id: number; kinds: FileKind[]; wanted: string[]; chosen: string | null; editable: boolean };

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
export function FilesTab({ type, id, kinds, wanted, chosen, editable }: Props) {
  const { t } = useTranslation('files');
  const files = useFiles(type, id);
  const remove = useDeleteFile(type, id);
  const confirm = useConfirm();
  const nameOf = (key: string) => kinds.find((one) => one.key === key)?.name ?? (key === 'other' ? t('otherKind') : key);
  const [kind, setKind] = useState('other');
  const offered = [...new Set([...(chosen ? [chosen] : []), ...wanted])];
  return (
    <div className={css.tab}>
      {editable && (
        <div className={css.boxes}>
          {offered.map((key) => (
            <UploadBox key={key} type={type} id={id} kind={key} kindName={nameOf(key)} compact={key !== chosen} />
          ))}
          <div className={css.other}>
            <select
              aria-label={t('kind')}
              value={kind}
              onChange={(event) => {
                setKind(event.target.value);
              }}
            >
              <option value="other">{t('otherKind')}</option>
              {kinds
                .filter((one) => !offered.includes(one.key) && one.key !== 'other')
                .map((one) => (
                  <option key={one.key} value={one.key}>
                    {one.name}
                  </option>
                ))}
            </select>
            <UploadBox type={type} id={id} kind={kind} kindName={nameOf(kind)} compact />
          </div>
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

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { DocumentBlocks } from './DocumentBlocks';
import css from './documents.module.css';
import { useDocument } from './queries';

/** A document whole: its title, about what, its blocks, and the way to its paper. */
export function DocumentView({ id }: { id: number }) {
  const { t } = useTranslation('documents');
  const name = useName();
  const document = useDocument(id);
  return (
    <Faces query={document} rows={12}>
      {(data) => (
        <article className={css.document}>
          <header className={css.head}>
            <div className="grow">
              <div className="muted">{name(data.kind_name)}</div>
              <h1>{name(data.title)}</h1>
              {data.subtitle && <p className={css.subtitle}>{name(data.subtitle)}</p>}
              <p className="muted">
                {t('writtenAt', { at: dateTime(data.written_at) })}
                {data.written_by && ` · ${data.written_by.name}`}
                {data.record && (
                  <>
                    {' · '}
                    <Link to={recordPath(data.record.type, data.record.id)}>{data.record.title}</Link>
                  </>
                )}
              </p>
            </div>
            <a className={css.pdf} href={data.pdf_url} target="_blank" rel="noreferrer">
              {t('pdf')}
            </a>
          </header>
          <DocumentBlocks blocks={data.blocks} />
        </article>
      )}
    </Faces>
  );
}

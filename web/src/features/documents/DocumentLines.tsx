import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DocumentRow } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './documents.module.css';

/** Documents in one line each. */
export function DocumentLines({ documents, about }: { documents: DocumentRow[]; about?: boolean }) {
  const { t } = useTranslation('documents');
  const name = useName();
  return (
    <ul>
      {documents.map((document) => (
        <li key={document.id} className={css.line}>
          <span className={css.kind}>{name(document.kind_name)}</span>
          <Link to={`/documents/${document.id}`} className="grow">
            {name(document.title)}
          </Link>
          {about && document.record && <Link to={recordPath(document.record.type, document.record.id)}>{document.record.title}</Link>}
          <span className="muted">{ago(document.written_at)}</span>
          <a href={document.pdf_url} target="_blank" rel="noreferrer" aria-label={t('pdfOf', { title: name(document.title) })}>
            PDF
          </a>
        </li>
      ))}
    </ul>
  );
}

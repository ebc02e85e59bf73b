import { useParams } from 'react-router';
import { DocumentView } from './DocumentView';
import css from './documents.module.css';

/** A document at its address. */
export default function DocumentPage() {
  const { id } = useParams();
  return (
    <div className={css.page}>
      <DocumentView id={Number(id)} />
    </div>
  );
}

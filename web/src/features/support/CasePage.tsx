import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { CaseView } from './CaseView';
import css from './support.module.css';

/** A case by its address, as notices give it; the same on the phone. */
export default function CasePage() {
  const { t } = useTranslation('support');
  const { id } = useParams();
  return (
    <div className={css.page}>
      <Link to="/support">← {t('title')}</Link>
      <CaseView id={Number(id)} />
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CaseCard } from '@/features/approvals/CaseCard';
import { useCasesOf } from '@/features/approvals/cases';
import { useOpenFlows } from '@/features/approvals/requesting';
import css from './phone.module.css';

/** The approvals about a record, and the way to ask for one; nothing where its type knows none. */
export default function PhoneRecordApprovals({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('approvals');
  const cases = useCasesOf(type, id).data ?? [];
  const flows = useOpenFlows(type).data ?? [];
  if (cases.length === 0 && flows.length === 0) return null;
  return (
    <section className={css.panel} aria-labelledby="approvals">
      <h2 id="approvals">{t('inbox.title')}</h2>
      <ul className={css.cards}>
        {cases.map((item) => (
          <li key={item.id}>
            <CaseCard item={item} />
          </li>
        ))}
        {flows.length > 0 && (
          <li>
            <Link to={`/approvals/new?type=${type}&id=${id}`} className={css.asks}>
              {t('request.new')}
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
}

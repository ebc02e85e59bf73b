import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import css from './ApprovalsPage.module.css';
import { CaseCard } from './CaseCard';
import { useCasesOf } from './cases';
import { RequestButton } from './RequestButton';
import { useOpenFlows } from './requesting';

/** Every approval about one record, and the way to ask for one. */
export default function RecordApprovals({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('approvals');
  const cases = useCasesOf(type, id);
  const flows = useOpenFlows(type);
  return (
    <div className={css.list}>
      {(flows.data?.length ?? 0) > 0 && (
        <div className={css.batch}>
          <span>{t('request.hint')}</span>
          <RequestButton record={{ type, id }} />
        </div>
      )}
      <Faces query={cases} isEmpty={(list) => list.length === 0} empty={<Empty title={t('case.none')} hint={t('case.noneHint')} />}>
        {(list) => (
          <ul className={css.list}>
            {list.map((item) => (
              <li key={item.id} className={css.item}>
                <CaseCard item={item} />
              </li>
            ))}
          </ul>
        )}
      </Faces>
    </div>
  );
}

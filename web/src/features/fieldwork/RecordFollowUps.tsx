import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FollowUp } from '@/api/types';
import { Empty } from '@/ui/faces';
import { FollowUpList } from './FollowUpList';
import css from './fieldwork.module.css';

const RecordForm = lazy(() => import('./RecordForm'));

type Props = { type: string; id: number; isBrief?: boolean };

/** The follow-ups of a record, and above them the form for another; brief: the last three alone. */
export default function RecordFollowUps({ type, id, isBrief = false }: Props) {
  const { t } = useTranslation('followups');
  const [continued, setContinued] = useState<FollowUp | null>(null);
  const empty = <Empty title={t('none')} hint={isBrief ? undefined : t('noneHint')} />;
  return (
    <div className={css.part}>
      {!isBrief && (
        <Suspense fallback={null}>
          <RecordForm
            type={type}
            id={id}
            continued={continued}
            onDone={() => {
              setContinued(null);
            }}
          />
        </Suspense>
      )}
      <FollowUpList filter={{ record_type: type, record_id: id }} limit={isBrief ? 3 : 20} isAlone isBrief={isBrief} empty={empty} onContinue={isBrief ? undefined : setContinued} />
    </div>
  );
}

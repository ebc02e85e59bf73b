import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FollowUp } from '@/api/types';
import { Empty, Failure, Loading } from '@/ui/faces';
import css from './fieldwork.module.css';
import { FollowUpCard } from './FollowUpCard';
import { useFollowUps, type FollowUpFilter } from './followups';

type Props = { filter: FollowUpFilter; limit?: number; isAlone?: boolean; isBrief?: boolean; empty?: ReactNode; onContinue?: (followup: FollowUp) => void };

/** Follow-ups, the latest contact first. */
export function FollowUpList({ filter, limit, isAlone, isBrief, empty, onContinue }: Props) {
  const { t } = useTranslation('followups');
  const found = useFollowUps(filter, limit);
  if (!found.data) return found.error ? <Failure error={found.error} retry={() => void found.refetch()} /> : <Loading rows={4} />;
  const rows = found.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty ?? <Empty title={t('none')} />;
  return (
    <>
      <ul className={css.list}>
        {rows.map((followup) => (
          <li key={followup.id}>
            <FollowUpCard followup={followup} isAlone={isAlone} onContinue={onContinue} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && !isBrief && (
        <button type="button" className={css.more} disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { Empty } from '@/ui/faces';
import { useName } from '@/ui/names';
import type { ListState } from './listState';

/** What a list says when nothing is in it: because of a filter, or because nothing was made yet. */
export function EmptyList({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const address = useAddress();
  const filtered = Boolean(state.q || state.filter || state.stage);
  if (filtered) {
    return (
      <Empty title={t('emptyFiltered')} hint={t('emptyFilteredHint')}>
        <button
          type="button"
          className="plain"
          style={{ color: 'var(--link)' }}
          onClick={() => {
            address.set({ q: null, filter: null, stage: null });
          }}
        >
          {t('clearFilters')}
        </button>
      </Empty>
    );
  }
  return (
    <Empty title={t('emptyList', { type: name(type.name) })} hint={t('emptyListHint')}>
      {type.can.create !== 'none' && <Link to={`/r/${type.key}/new`}>{t('newRecord', { type: name(type.name) })}</Link>}
    </Empty>
  );
}

import { InfiniteScroll, PullToRefresh, SearchBar } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AgeChip } from '@/features/desk/AgeChip';
import { fieldText } from '@/features/fields/display';
import { usePools } from '@/features/pool/pools';
import { StageTag } from '@/features/process/StageTag';
import { recordPath, useAddress } from '@/features/records/address';
import { fieldOf, stageOf, useTypes } from '@/features/records/meta';
import { useRecordList } from '@/features/records/queries';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { Empty, Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './phone.module.css';

/** One's records of a type; everybody's on demand. */
export default function PhoneList() {
  const { t, i18n } = useTranslation('phone');
  const name = useName();
  const address = useAddress();
  const types = useTypes();
  const pools = usePools();
  const type = types.find((one) => one.key === (address.get('type') || 'deal')) ?? types[0];
  const mine = address.get('mine') !== '0';
  const [text, setText] = useState('');
  const q = useRested(text.trim());
  const list = useRecordList(type?.key ?? 'deal', { q: q || undefined, mine: mine || undefined, limit: 20 }, Boolean(type));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const words = { yes: t('yes', { ns: 'ui' }), no: t('no', { ns: 'ui' }) };
  return (
    <>
      <div className={css.types} role="group" aria-label={t('records')}>
        {types.map((one) => (
          <button
            key={one.key}
            type="button"
            aria-pressed={one.key === type?.key}
            onClick={() => {
              address.set({ type: one.key });
            }}
          >
            {name(one.plural)}
          </button>
        ))}
        {(pools.data?.length ?? 0) > 0 && <Link to="/pools">{t('pools', { ns: 'pool' })}</Link>}
      </div>
      <div className={css.searching}>
        <SearchBar value={text} onChange={setText} placeholder={t('search')} />
        <label>
          <input
            type="checkbox"
            checked={mine}
            onChange={(event) => {
              address.set({ mine: event.target.checked ? null : '0' });
            }}
          />
          {t('mine')}
        </label>
      </div>
      {!list.data || !type ? (
        list.error ? (
          <Failure error={list.error} retry={() => void list.refetch()} />
        ) : (
          <Loading rows={8} />
        )
      ) : rows.length === 0 ? (
        <Empty />
      ) : (
        <PullToRefresh
          onRefresh={async () => {
            await list.refetch();
          }}
        >
          <ul className={css.cards}>
            {rows.map((row) => (
              <li key={row.id}>
                <Link to={recordPath(type.key, row.id)} className={css.card}>
                  <span className={css.head}>
                    <span>{row.title || `#${row.id}`}</span>
                    {row.stage && <StageTag stage={stageOf(type, row.stage)} />}
                  </span>
                  {row.clock && (
                    <span>
                      <ClockBadge clock={row.clock} />
                    </span>
                  )}
                  <span className={css.facts}>
                    {type.card_fields.slice(0, 3).map((key) => {
                      const field = fieldOf(type, key);
                      return field && <span key={key}>{fieldText(field, row, i18n.language, words)}</span>;
                    })}
                    <AgeChip record={row} stage={stageOf(type, row.stage)} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          <InfiniteScroll
            hasMore={list.hasNextPage}
            loadMore={async () => {
              await list.fetchNextPage();
            }}
          >
            {list.hasNextPage ? t('loading', { ns: 'ui' }) : ' '}
          </InfiniteScroll>
        </PullToRefresh>
      )}
    </>
  );
}

import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolEntry, PoolRow } from '@/api/types';
import { Empty, Failure, Loading } from '@/ui/faces';
import { count } from '@/ui/format';
import { useIsPhone } from '@/ui/media';
import { useRested } from '@/ui/rested';
import { Allowance } from './Allowance';
import css from './Pool.module.css';
import { PoolCards } from './PoolCards';
import { PoolTable } from './PoolTable';
import { usePoolEntries } from './pools';

const EntrySheet = lazy(() => import('./EntrySheet'));

/** One pool: what one may still claim, its rules, and what lies in it. */
export function PoolView({ pool }: { pool: PoolRow }) {
  const { t } = useTranslation('pool');
  const isPhone = useIsPhone();
  const [q, setQ] = useState('');
  const [opened, setOpened] = useState<PoolEntry | null>(null);
  const entries = usePoolEntries(pool.id, useRested(q, 300));
  const rows = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const first = entries.data?.pages[0];
  const Lines = isPhone ? PoolCards : PoolTable;
  return (
    <>
      <div className={css.bar}>
        <Allowance pool={pool} />
        <Input.Search
          aria-label={t('search')}
          placeholder={t('search')}
          allowClear
          value={q}
          onChange={(event) => { setQ(event.target.value); }}
          className={css.search}
        />
        {first && <span className="muted">{t('count', { count: first.count, text: count(first.count, first.count_capped) })}</span>}
      </div>
      <details className={css.rules}>
        <summary>{t('rules')}</summary>
        <ul>
          {pool.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
      {!entries.data ? (
        entries.error ? (
          <Failure error={entries.error} retry={() => void entries.refetch()} />
        ) : (
          <Loading rows={8} />
        )
      ) : rows.length === 0 ? (
        <Empty title={t(q ? 'nothingFound' : 'empty')} hint={t(q ? 'nothingFoundHint' : 'emptyHint')} />
      ) : (
        <Lines pool={pool} entries={rows} onOpen={setOpened} />
      )}
      {entries.hasNextPage && (
        <div className={css.more}>
          <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t('loadMore', { ns: 'ui' })}
          </Button>
        </div>
      )}
      <Suspense fallback={null}>{opened && <EntrySheet pool={pool} entry={opened} onClose={() => { setOpened(null); }} />}</Suspense>
    </>
  );
}

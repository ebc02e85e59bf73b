import { SearchBar } from 'antd-mobile';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CaseCard } from '@/features/approvals/CaseCard';
import { boxes, useCaseCount, useCases, type Box } from '@/features/approvals/cases';
import { useAddress } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { useRested } from '@/ui/rested';
import css from './phone.module.css';

const PhoneBatch = lazy(() => import('./PhoneBatch'));

/** The inbox under the thumb. */
export default function PhoneApprovals() {
  const { t } = useTranslation('approvals');
  const address = useAddress();
  const box: Box = boxes.find((one) => one === address.get('box')) ?? 'todo';
  const [text, setText] = useState('');
  const list = useCases(box, useRested(text.trim()));
  const todo = useCaseCount().data?.todo ?? 0;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const batchable = box === 'todo' ? items.filter((item) => item.can_batch).map((item) => item.id) : [];
  const [chosen, setChosen] = useState<number[]>([]);
  const [agreeing, setAgreeing] = useState(false);
  const picked = chosen.filter((id) => batchable.includes(id));
  const hasBatch = batchable.length > 1;
  return (
    <>
      <h1 className="sr-only">{t('inbox.title')}</h1>
      <div className={css.types} role="group" aria-label={t('inbox.title')}>
        {boxes.map((key) => (
          <button
            key={key}
            type="button"
            aria-pressed={key === box}
            onClick={() => {
              address.set({ box: key === 'todo' ? null : key });
            }}
          >
            {t(`inbox.box.${key}`)} {key === 'todo' && todo > 0 ? todo : ''}
          </button>
        ))}
      </div>
      <SearchBar value={text} onChange={setText} placeholder={t('inbox.search')} />
      <Link to="/approvals/new" className={css.asks}>
        {t('request.new')}
      </Link>
      {hasBatch && (
        <div className={css.batch}>
          <label className={css.pick}>
            <input type="checkbox" checked={picked.length === batchable.length} onChange={(event) => { setChosen(event.target.checked ? batchable : []); }} />
            {t('inbox.chooseAll', { count: batchable.length })}
          </label>
          <button type="button" className={css.primary} disabled={picked.length === 0} onClick={() => { setAgreeing(true); }}>
            {t('inbox.agreeTo', { count: picked.length })}
          </button>
        </div>
      )}
      {!list.data ? (
        list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={8} />
      ) : items.length === 0 ? (
        <Empty title={t(`inbox.empty.${box}`)} />
      ) : (
        <ul className={css.cards}>
          {items.map((item) => (
            <li key={item.id} className={hasBatch ? css.pick : undefined}>
              {hasBatch && (
                <input
                  type="checkbox"
                  aria-label={t('selectRow', { ns: 'ui', name: item.title })}
                  disabled={!item.can_batch}
                  checked={picked.includes(item.id)}
                  onChange={(event) => { setChosen(event.target.checked ? [...picked, item.id] : picked.filter((id) => id !== item.id)); }}
                />
              )}
              <CaseCard item={item} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button type="button" className={css.plain} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
      {agreeing && (
        <Suspense fallback={null}>
          <PhoneBatch
            items={items.filter((item) => picked.includes(item.id))}
            onClose={() => {
              setAgreeing(false);
              setChosen([]);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

import { Button, Checkbox, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Empty, Failure, Loading } from '@/ui/faces';
import { Tabs } from '@/ui/Tabs';
import css from './ApprovalsPage.module.css';
import { CaseCard } from './CaseCard';
import { boxes, useCaseCount, useCases, type Box } from './cases';
import { RequestButton } from './RequestButton';

const BatchDialog = lazy(() => import('./BatchDialog'));

/** The inbox: what waits for one, what one has answered, asked for, or was told of. */
export default function ApprovalsPage() {
  const { t } = useTranslation('approvals');
  const address = useAddress();
  const box: Box = boxes.find((one) => one === address.get('box')) ?? 'todo';
  const q = address.get('q');
  const list = useCases(box, q);
  const count = useCaseCount().data;
  const [chosen, setChosen] = useState<number[]>([]);
  const [agreeing, setAgreeing] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const batchable = box === 'todo' ? items.filter((item) => item.can_batch).map((item) => item.id) : [];
  const picked = chosen.filter((id) => batchable.includes(id));
  const badges: Partial<Record<Box, number>> = { todo: count?.todo, mine: count?.returned, copied: count?.copied };
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('inbox.title')}</h1>
        <Input.Search
          className={css.search}
          aria-label={t('inbox.search')}
          placeholder={t('inbox.search')}
          defaultValue={q}
          allowClear
          onSearch={(text) => { address.set({ q: text.trim() || null }); }}
        />
        <RequestButton primary />
      </div>
      <Tabs
        label={t('inbox.title')}
        value={box}
        onChange={(key) => {
          address.set({ box: key === 'todo' ? null : key });
          setChosen([]);
        }}
        tabs={boxes.map((key) => ({ key, label: badges[key] ? `${t(`inbox.box.${key}`)} ${badges[key] ?? ''}` : t(`inbox.box.${key}`) }))}
      />
      {batchable.length > 1 && (
        <div className={css.batch}>
          <Checkbox
            checked={picked.length === batchable.length}
            indeterminate={picked.length > 0 && picked.length < batchable.length}
            onChange={(event) => { setChosen(event.target.checked ? batchable : []); }}
          >
            {t('inbox.chooseAll', { count: batchable.length })}
          </Checkbox>
          <Button type="primary" size="small" disabled={picked.length === 0} onClick={() => { setAgreeing(true); }}>
            {t('inbox.agreeTo', { count: picked.length })}
          </Button>
        </div>
      )}
      {!list.data ? (
        list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={8} />
      ) : items.length === 0 ? (
        <Empty title={t(`inbox.empty.${box}`)} hint={box === 'todo' && !q ? t('inbox.emptyHint') : undefined} />
      ) : (
        <ul className={css.list}>
          {items.map((item) => (
            <li key={item.id} className={css.item}>
              {batchable.length > 1 && (
                <Checkbox
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
        <Button className={css.more} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
      {agreeing && (
        <Suspense fallback={null}>
          <BatchDialog
            items={items.filter((item) => picked.includes(item.id))}
            onClose={() => {
              setAgreeing(false);
              setChosen([]);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

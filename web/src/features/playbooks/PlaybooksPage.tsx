import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Empty, Faces, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { Tabs } from '@/ui/Tabs';
import { EntryCard } from './EntryCard';
import { Pushed } from './Pushed';
import css from './playbooks.module.css';
import { useFacets, usePlaybooks, type Filters } from './queries';

const EntryEditor = lazy(() => import('./EntryEditor'));
const UsageFigures = lazy(() => import('./UsageFigures'));

/** Entries as they are searched and narrowed; more of them on demand. */
function Entries({ filters }: { filters: Filters }) {
  const { t } = useTranslation('playbooks');
  const entries = usePlaybooks(filters);
  return (
    <Faces query={entries} rows={6}>
      {(data) => {
        const rows = data.pages.flatMap((page) => page.items);
        if (rows.length === 0) return <Empty title={t('nothing')} hint={t('nothingHint')} />;
        return (
          <>
            <p className="muted">{t('count', { count: data.pages[0]?.count ?? 0 })}</p>
            <ul className={css.list} aria-label={t('title')}>
              {rows.map((row) => (
                <EntryCard key={row.id} row={row} from={filters.q ? 'search' : ''} />
              ))}
            </ul>
            {entries.hasNextPage && (
              <div className={css.actions}>
                <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                  {t('loadMore', { ns: 'ui' })}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Faces>
  );
}

/** The library: search as one types, filters that stay in the address, what was pushed, figures. */
export default function PlaybooksPage() {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const address = useAddress();
  const facets = useFacets();
  const [isWriting, setWriting] = useState(false);
  const tab = address.get('tab') || 'library';
  const q = useRested(address.get('q'), 200);
  const held = facets.data;
  const tags = (held?.facets ?? []).flatMap((facet) => (address.get(facet.key) ? [`${facet.key}:${address.get(facet.key)}`] : []));
  const tabs = ['library', 'proposed', 'pushed', 'sent', 'usage', ...(held?.can.manage ? ['archived'] : [])].filter((each) => each !== 'sent' || held?.can.push);
  return (
    <>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <span className="grow" />
        <Button type="primary" onClick={() => { setWriting(true); }}>
          {t('propose')}
        </Button>
      </div>
      <Tabs label={t('title')} tabs={tabs.map((each) => ({ key: each, label: t(`tabs.${each}`) }))} value={tab} onChange={(next) => { address.set({ tab: next === 'library' ? null : next }); }} />
      {tab === 'library' && (
        <>
          <div className={css.filters}>
            <Input.Search allowClear aria-label={t('search')} placeholder={t('searchHint')} value={address.get('q')} maxLength={500} onChange={(event) => { address.set({ q: event.target.value }, true); }} />
            <Select allowClear aria-label={t('kind')} placeholder={t('kind')} value={address.get('kind') || undefined} options={(held?.kinds ?? []).map((one) => ({ value: one.key, label: name(one.name) }))} onChange={(kind: string | undefined) => { address.set({ kind }); }} />
            {(held?.facets ?? []).filter((facet) => facet.values.length > 0).map((facet) => (
              <Select key={facet.key} allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={name(facet.name)} placeholder={name(facet.name)} value={address.get(facet.key) || undefined} options={facet.values.map((one) => ({ value: one.key, label: name(one.name) }))} onChange={(value: string | undefined) => { address.set({ [facet.key]: value }); }} />
            ))}
          </div>
          <Entries filters={{ q, kind: address.get('kind'), tags, state: 'published' }} />
        </>
      )}
      {(tab === 'proposed' || tab === 'archived') && <Entries filters={{ q: '', kind: '', tags: [], state: tab }} />}
      {(tab === 'pushed' || tab === 'sent') && <Pushed key={tab} isSent={tab === 'sent'} />}
      <Suspense fallback={<Loading />}>
        {tab === 'usage' && <UsageFigures />}
        {isWriting && <EntryEditor entry={null} onClose={() => { setWriting(false); }} />}
      </Suspense>
    </>
  );
}

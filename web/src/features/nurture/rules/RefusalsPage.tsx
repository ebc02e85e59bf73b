import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureSuppression } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { NurtureTabs } from '@/features/nurture/NurtureTabs';
import { channels, type Channel } from '@/features/nurture/path/definition';
import { useSuppressions } from '@/features/nurture/sending';
import { recordPath } from '@/features/records/address';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useRested } from '@/ui/rested';
import { LiftDialog } from './LiftDialog';
import { NewRefusal } from './NewRefusal';

/** Who does not want to be written to, why and since when; lifted only with their consent. */
export default function RefusalsPage() {
  const { t } = useTranslation('nurture');
  const [text, setText] = useState('');
  const q = useRested(text);
  const [channel, setChannel] = useState<Channel | 'all'>('all');
  const [withLifted, setWithLifted] = useState(false);
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<NurtureSuppression | null>(null);
  const list = useSuppressions({ ...(q ? { q } : {}), ...(channel === 'all' ? {} : { channel }), with_lifted: withLifted });
  const columns: DataColumn<NurtureSuppression>[] = [
    { key: 'address', title: t('refusal.address'), width: 200, fixed: true, draw: (row) => <span className="num">{row.address}</span> },
    { key: 'channel', title: t('refusal.scope'), width: 130, draw: (row) => (row.is_all ? t('refusal.everything') : t(`channel.${row.channel}`)) },
    { key: 'source', title: t('refusal.why'), width: 220, draw: (row) => <span title={row.note}>{[t(`refusal.sources.${row.source}`), row.note].filter(Boolean).join('：')}</span> },
    { key: 'at', title: t('refusal.at'), width: 160, draw: (row) => dateTime(row.at) },
    { key: 'record', title: t('refusal.record'), width: 160, draw: (row) => row.record && <Link to={recordPath(row.record.type, row.record.id)}>{row.record.title}</Link> },
    {
      key: 'lift',
      title: t('refusal.state'),
      width: 240,
      draw: (row) =>
        row.lifted_at ? (
          <span className="muted" title={row.lift_reason}>
            {t('refusal.liftedAt', { at: dateTime(row.lifted_at), reason: row.lift_reason })}
          </span>
        ) : (
          <Button size="small" aria-label={t('refusal.liftOf', { address: row.address })} onClick={() => { setLifting(row); }}>
            {t('refusal.lift')}
          </Button>
        ),
    },
  ];
  const isNarrowed = q !== '' || channel !== 'all';
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="refusals" />
        <span className={css.push}>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
            {t('refusal.add')}
          </Button>
        </span>
      </div>
      <div className={css.bar}>
        <Input.Search aria-label={t('refusal.search')} placeholder={t('refusal.search')} style={{ maxWidth: 280 }} value={text} onChange={(event) => { setText(event.target.value); }} />
        <Segmented<Channel | 'all'> aria-label={t('template.channel')} value={channel} options={(['all', ...channels] as const).map((one) => ({ value: one, label: t(`channel.${one}`) }))} onChange={setChannel} />
        <label className={css.inline}>
          <input type="checkbox" checked={withLifted} onChange={(event) => { setWithLifted(event.target.checked); }} /> {t('refusal.withLifted')}
        </label>
      </div>
      <Faces query={list} rows={8} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)} empty={<Empty title={t(isNarrowed ? 'refusal.noneHere' : 'refusal.none')} hint={isNarrowed ? undefined : t('refusal.noneHint')} />}>
        {(data) => (
          <DataTable
            label={t('tabs.refusals')}
            rows={data.pages.flatMap((page) => page.items)}
            rowName={(row) => row.address}
            columns={columns}
            footer={list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{t('loadMore', { ns: 'ui' })}</Button>}
          />
        )}
      </Faces>
      {adding && <NewRefusal onClose={() => { setAdding(false); }} />}
      {lifting && <LiftDialog suppression={lifting} onClose={() => { setLifting(null); }} />}
    </div>
  );
}

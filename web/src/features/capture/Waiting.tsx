import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission, SubmissionState } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { SubmissionSheet } from './SubmissionSheet';
import { useCaptureChannels, useSubmissions } from './capture';
import css from './capture.module.css';

const STATES: SubmissionState[] = ['quarantined', 'refused', 'asked', 'taken', 'attached', 'returned', 'discarded'];

/** What came and could not be taken, with its reason, to be mended and tried again. */
export function Waiting() {
  const { t } = useTranslation('capture');
  const name = useName();
  const address = useAddress();
  const [open, setOpen] = useState<number | null>(null);
  const state = (address.get('state') || null) as SubmissionState | null;
  const channel = Number(address.get('channel')) || null;
  const channels = useCaptureChannels().data ?? [];
  const list = useSubmissions(state, channel);
  const columns: DataColumn<Submission>[] = [
    {
      key: 'at',
      title: t('waiting.at'),
      width: 170,
      draw: (row) => (
        <button type="button" className={css.link} onClick={() => { setOpen(row.id); }}>
          {dateTime(row.at)}
        </button>
      ),
    },
    { key: 'channel', title: t('waiting.channel'), width: 180, draw: (row) => row.channel.name },
    { key: 'who', title: t('waiting.who'), width: 220, draw: (row) => who(row) || '—' },
    { key: 'state', title: t('waiting.state'), width: 110, draw: (row) => t(`states.${row.state}`) },
    { key: 'reason', title: t('waiting.reason'), width: 360, draw: (row) => row.reasons.map((one) => (one.field_name ? `${one.field_name}：${one.message}` : one.message)).join(' ') },
  ];
  return (
    <>
      <div className={css.bar}>
        <Select
          aria-label={t('waiting.state')}
          value={state ?? 'waiting'}
          onChange={(value: string) => { address.set({ state: value === 'waiting' ? null : value }); }}
          options={[{ value: 'waiting', label: t('states.waiting') }, ...STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
        />
        <Select
          aria-label={t('waiting.channel')}
          value={channel ?? 0}
          onChange={(value: number) => { address.set({ channel: value ? String(value) : null }); }}
          options={[{ value: 0, label: t('waiting.allChannels') }, ...channels.map((one) => ({ value: one.id, label: name(one.name) }))]}
        />
      </div>
      <Faces query={list} rows={6} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('waiting.none')} hint={t('waiting.noneHint')} />}>
        {(pages) => (
          <DataTable
            label={t('tabs.waiting')}
            rows={pages.pages.flatMap((page) => page.items)}
            rowName={(row) => who(row) || dateTime(row.at)}
            columns={columns}
            onOpen={(row) => { setOpen(row.id); }}
            active={open}
            footer={list.hasNextPage && <Button onClick={() => { void list.fetchNextPage(); }}>{t('loadMore', { ns: 'ui' })}</Button>}
          />
        )}
      </Faces>
      {open !== null && <SubmissionSheet key={open} id={open} onClose={() => { setOpen(null); }} />}
    </>
  );
}

function who(row: Submission): string {
  return ['name', 'phone', 'email', 'company'].map((key) => row.values[key]).filter((value) => typeof value === 'string' && value).join(' · ');
}

import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaptureChannel } from '@/api/types';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { ChannelSheet } from './ChannelSheet';
import { NewChannel } from './NewChannel';
import { useCaptureChannels } from './capture';
import css from './capture.module.css';

/** Every channel with what became of what it brought in the last 30 days. */
export function Channels() {
  const { t } = useTranslation('capture');
  const name = useName();
  const channels = useCaptureChannels();
  const [open, setOpen] = useState<number | null>(null);
  const [isNew, setNew] = useState(false);
  const chosen = channels.data?.find((one) => one.id === open);
  const columns: DataColumn<CaptureChannel>[] = [
    {
      key: 'name',
      title: t('channel.name'),
      width: 220,
      draw: (row) => (
        <button type="button" className={css.link} onClick={() => { setOpen(row.id); }}>
          {name(row.name)}
        </button>
      ),
    },
    { key: 'kind', title: t('channel.kind'), width: 150, draw: (row) => t(`kinds.${row.kind}`) },
    { key: 'state', title: t('channel.state'), width: 120, draw: (row) => <State channel={row} /> },
    { key: 'received', title: t('channel.received'), width: 160, draw: (row) => (row.received_at ? dateTime(row.received_at) : t('channel.never')) },
    { key: 'taken', title: t('channel.taken'), width: 90, align: 'right', draw: (row) => row.health.taken },
    { key: 'attached', title: t('channel.attached'), width: 110, align: 'right', draw: (row) => row.health.attached },
    {
      key: 'waiting',
      title: t('channel.waiting'),
      width: 110,
      align: 'right',
      draw: (row) => {
        const count = row.health.quarantined + row.health.refused;
        return count ? <Link className={css.bad} to={`/capture/waiting?channel=${row.id}`}>{count}</Link> : 0;
      },
    },
    {
      key: 'form',
      title: t('channel.form'),
      width: 150,
      draw: (row) => row.kind === 'form' && <Link to={`/capture/forms/${row.id}`}>{row.published ? t('channel.version', { number: row.published }) : t('channel.unpublished')}</Link>,
    },
  ];
  return (
    <>
      <div className={css.bar}>
        <p className="muted">{t('channel.hint')}</p>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => { setNew(true); }}>
          {t('channel.new')}
        </Button>
      </div>
      <Faces query={channels} rows={6} isEmpty={(list) => list.length === 0} empty={<Empty title={t('channel.none')} hint={t('channel.noneHint')} />}>
        {(list) => <DataTable label={t('tabs.channels')} rows={list} rowName={(row) => name(row.name)} columns={columns} onOpen={(row) => { setOpen(row.id); }} active={open} />}
      </Faces>
      {chosen && <ChannelSheet key={chosen.id} channel={chosen} onClose={() => { setOpen(null); }} />}
      {isNew && <NewChannel onClose={() => { setNew(false); }} />}
    </>
  );
}

function State({ channel }: { channel: CaptureChannel }) {
  const { t } = useTranslation('capture');
  if (channel.missing.length > 0) return <span className={css.bad}>{t('channel.incomplete')}</span>;
  return channel.is_on ? <span className={css.ok}>{t('channel.on')}</span> : <span className="muted">{t('channel.off')}</span>;
}

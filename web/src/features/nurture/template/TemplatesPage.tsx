import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureTemplateRow } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { NurtureTabs } from '@/features/nurture/NurtureTabs';
import { channels, type Channel } from '@/features/nurture/path/definition';
import { kindIcon } from '@/features/nurture/path/kindIcon';
import { percent, shareOf } from '@/features/nurture/shares';
import { useTemplates } from '@/features/nurture/templates';
import { useTopic } from '@/features/nurture/topic';
import { useAddress } from '@/features/records/address';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { listed, number } from '@/ui/format';
import { useName } from '@/ui/names';

const NewTemplate = lazy(() => import('./NewTemplate'));
type Row = NurtureTemplateRow & { id: number };

function useColumns(): DataColumn<Row>[] {
  const { t } = useTranslation('nurture');
  const name = useName();
  const topic = useTopic();
  const shared = (count: number, whole: number) => `${percent(shareOf(count, whole))}（${number(count)}）`;
  return [
    { key: 'name', title: t('template.name'), width: 240, fixed: true, draw: (row) => <Link to={`/nurture/templates/${row.key}`}>{name(row.name)}</Link> },
    { key: 'channel', title: t('template.channel'), width: 120, draw: (row) => <>{kindIcon(row.channel)} {t(`channel.${row.channel}`)}</> },
    { key: 'topic', title: t('template.topic'), width: 120, draw: (row) => topic(row.topic) || '–' },
    {
      key: 'state',
      title: t('template.state'),
      width: 160,
      draw: (row) => (
        <span className={css.pills}>
          {row.is_archived && <span className={css.pill}>{t('template.archived')}</span>}
          {!row.is_archived && <span className={css.pill} data-tone={row.version === null ? 'warn' : 'ok'}>{row.version === null ? t('neverPublished') : t('version', { version: row.version })}</span>}
          {row.has_draft && row.version !== null && <span className={css.pill} data-tone="warn">{t('paths.draft')}</span>}
        </span>
      ),
    },
    { key: 'sent', title: t('figure.sent'), align: 'right', width: 90, draw: (row) => (row.sent > 0 ? <Link to={`/nurture/messages?template=${row.key}`}>{number(row.sent)}</Link> : 0) },
    { key: 'opened', title: t('figure.opened'), align: 'right', width: 130, draw: (row) => shared(row.opened, row.sent) },
    { key: 'clicked', title: t('figure.clicked'), align: 'right', width: 130, draw: (row) => shared(row.clicked, row.sent) },
    { key: 'skipped', title: t('figure.skipped'), align: 'right', width: 90, draw: (row) => number(row.skipped) },
    { key: 'used', title: t('template.usedBy'), width: 220, draw: (row) => listed(row.used_by.map((path) => name(path.name))) || '–' },
  ];
}

/** Every text that paths send, with how it was read. */
export default function TemplatesPage() {
  const { t } = useTranslation('nurture');
  const name = useName();
  const address = useAddress();
  const templates = useTemplates();
  const columns = useColumns();
  const channel = (address.get('channel') || 'all') as Channel | 'all';
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { address.set({ new: '1' }); }}>
      {t('template.add')}
    </Button>
  );
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="templates" />
        <span className={css.push}>{add}</span>
      </div>
      <Segmented<Channel | 'all'>
        aria-label={t('template.channel')}
        value={channel}
        options={(['all', ...channels] as const).map((one) => ({ value: one, label: t(`channel.${one}`) }))}
        onChange={(next) => { address.set({ channel: next === 'all' ? null : next }); }}
        style={{ justifySelf: 'start' }}
      />
      <Faces query={templates} rows={8} isEmpty={(list) => list.length === 0} empty={<Empty title={t('template.none')} hint={t('template.noneHint')}>{add}</Empty>}>
        {(list) => (
          <DataTable
            label={t('tabs.templates')}
            rows={list.filter((row) => channel === 'all' || row.channel === channel).map((row, id) => ({ ...row, id }))}
            rowName={(row) => name(row.name)}
            columns={columns}
            empty={<Empty title={t('template.noneHere')} />}
          />
        )}
      </Faces>
      <Suspense fallback={null}>{address.get('new') && <NewTemplate taken={templates.data ?? []} first={channel === 'all' ? 'mail' : channel} onClose={() => { address.set({ new: null }); }} />}</Suspense>
    </div>
  );
}

import { DownloadOutlined } from '@ant-design/icons';
import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApprovalFigures, ApprovalReport } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useClearing } from '@/ui/clearing';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty, Faces } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './ReportPage.module.css';
import { useFlows } from './flow/flows';
import { reportFile, shareText, timeText, trendOf, useReport, type Asked, type Drill } from './report';

const ReportCases = lazy(() => import('./ReportCases'));
type Row = ApprovalReport['rows'][number] & { id: number };
type Opened = { title: string; drill: Drill };

function Before({ now, before, text, neutral }: { now: number | null; before: number | null | undefined; text: string; neutral?: boolean }) {
  const { t } = useTranslation('approvals');
  const trend = trendOf(now, before);
  if (trend === null) return null;
  return (
    <small className={css.before} data-trend={neutral ? undefined : trend} title={t('report.before', { value: text })}>
      <span aria-hidden="true">{trend === 'up' ? '▲' : trend === 'down' ? '▼' : '='}</span> {text}
    </small>
  );
}

function EndToEnd({ report }: { report: ApprovalReport }) {
  const { t } = useTranslation('approvals');
  const whole = report.end_to_end;
  const before = whole.previous as Partial<ApprovalFigures> | null;
  const counts = (['cases', 'granted', 'refused', 'withdrawn'] as const).map((key) => ({ key, now: whole[key], text: number(whole[key]) }));
  const times = (['mean_s', 'median_s', 'p90_s', 'working_mean_s'] as const).map((key) => ({ key, now: whole[key], text: timeText(whole[key], t) }));
  return (
    <section className={css.whole} aria-label={t('report.endToEnd')}>
      {[...counts, ...times].map(({ key, now, text }) => {
        const earlier = (before as Record<string, number | null | undefined> | null)?.[key];
        return (
          <div key={key}>
            <span className="muted">{t(`report.${key}`)}</span>
            <strong className="num">{text}</strong>
            <Before now={now} before={earlier} text={key.endsWith('_s') ? timeText(earlier, t) : number(earlier ?? 0)} neutral={!key.endsWith('_s')} />
          </div>
        );
      })}
    </section>
  );
}

/** How long approvals take and how they end, by node or person, against the month before. */
export default function ReportPage() {
  const { t } = useTranslation('approvals');
  const name = useName();
  const clearing = useClearing();
  const address = useAddress();
  const flows = useFlows().data ?? [];
  const by = address.get('by') === 'approver' ? 'approver' : 'node';
  const asked: Asked = { from: address.get('from') || undefined, to: address.get('to') || undefined, flow: address.get('flow') || undefined, by };
  const report = useReport(asked);
  const [opened, setOpened] = useState<Opened | null>(null);

  const open = (row: Row, what: Drill['what']) => {
    const { by: _by, ...period } = asked;
    void _by;
    const which = by === 'node' ? { node: row.key, flow: row.flow } : { approver: Number(row.key) };
    setOpened({ title: `${name(row.name)} · ${t(`report.what.${what}`)}`, drill: { ...period, ...which, what } });
  };
  const count = (row: Row, what: Drill['what'], text: string) => (
    <button type="button" className={`plain ${css.figure ?? ''}`} onClick={() => { open(row, what); }}>
      {text}
    </button>
  );
  const time = (key: 'mean_s' | 'median_s' | 'p90_s' | 'working_mean_s'): DataColumn<Row> => ({
    key,
    title: t(`report.${key}`),
    align: 'right',
    width: 130,
    draw: (row) => (
      <span className={css.cell}>
        {timeText(row[key], t)}
        <Before now={row[key]} before={row.previous?.[key]} text={timeText(row.previous?.[key], t)} />
      </span>
    ),
  });
  const share = (what: 'refused' | 'returned' | 'late'): DataColumn<Row> => ({
    key: what,
    title: t(`report.${what}_rate`),
    align: 'right',
    width: 110,
    draw: (row) => (
      <span className={css.cell}>
        {row[what] > 0 ? count(row, what, shareText(row[`${what}_rate`])) : shareText(row[`${what}_rate`])}
        <Before now={row[`${what}_rate`]} before={row.previous?.[`${what}_rate`]} text={shareText(row.previous?.[`${what}_rate`])} />
      </span>
    ),
  });
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('report.title')}</h1>
        <DatePicker.RangePicker
          aria-label={t('report.period')}
          value={asked.from && asked.to ? [dayjs(asked.from), dayjs(asked.to)] : null}
          placeholder={[t('report.last30'), '']}
          presets={[
            { label: t('report.thisMonth'), value: [dayjs().startOf('month'), dayjs()] },
            { label: t('report.lastMonth'), value: [dayjs().subtract(1, 'month').startOf('month'), dayjs().subtract(1, 'month').endOf('month')] },
            { label: t('report.thisQuarter'), value: [dayjs().subtract(2, 'month').startOf('month'), dayjs()] },
          ]}
          onChange={(range) => { address.set({ from: range?.[0]?.format('YYYY-MM-DD') ?? null, to: range?.[1]?.format('YYYY-MM-DD') ?? null }); }}
        />
        <Select
          aria-label={t('report.flow')}
          placeholder={t('report.everyFlow')}
          style={{ minWidth: 160 }}
          allowClear={clearing}
          value={asked.flow}
          options={flows.map((flow) => ({ value: flow.key, label: name(flow.name) }))}
          onChange={(flow?: string) => { address.set({ flow: flow ?? null }); }}
        />
        <Link className={css.file} to="/boards/approvals">
          {t('report.board')}
        </Link>
        <a className={css.file} href={reportFile(asked)} download>
          <DownloadOutlined aria-hidden /> {t('report.file')}
        </a>
      </div>
      <Faces query={report} rows={8}>
        {(data) => (
          <>
            <EndToEnd report={data} />
            <Tabs label={t('report.by')} value={by} onChange={(key) => { address.set({ by: key === 'node' ? null : key }); }} tabs={(['node', 'approver'] as const).map((key) => ({ key, label: t(`report.bys.${key}`) }))} />
            <div className={css.table}>
              <DataTable<Row>
                label={t('report.title')}
                rows={data.rows.map((row, id) => ({ ...row, id }))}
                rowName={(row) => name(row.name)}
                empty={<Empty title={t('report.empty')} />}
                columns={[
                  { key: 'name', title: t(`report.bys.${by}`), width: 220, fixed: true, draw: (row) => [name(row.name), by === 'node' && !asked.flow ? name(flows.find((flow) => flow.key === row.flow)?.name) : ''].filter(Boolean).join(' · ') },
                  { key: 'asks', title: t('report.asks'), width: 90, align: 'right', draw: (row) => count(row, 'all', number(row.asks)) },
                  time('mean_s'),
                  time('median_s'),
                  time('p90_s'),
                  time('working_mean_s'),
                  share('refused'),
                  share('returned'),
                  share('late'),
                ]}
              />
            </div>
            <p className="muted">{t('report.lateMeans')}</p>
          </>
        )}
      </Faces>
      {opened && (
        <Suspense fallback={null}>
          <ReportCases title={opened.title} drill={opened.drill} onClose={() => { setOpened(null); }} />
        </Suspense>
      )}
    </div>
  );
}

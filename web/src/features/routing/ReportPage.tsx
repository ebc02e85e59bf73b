import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Fairness } from '@/api/types';
import { listPath, useAddress } from '@/features/records/address';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { durationText } from '@/ui/duration';
import { Empty, Faces } from '@/ui/faces';
import css from './Routing.module.css';
import { RoutingTabs } from './RoutingTabs';
import { lastDays, leadsOf, spans } from './periods';
import { useFairness } from './routing';

type Row = Fairness['people'][number] & { id: number };

function People({ report }: { report: Fairness }) {
  const { t } = useTranslation('routing');
  const ui = useTranslation('ui').t;
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([why, count]) => `${t(`unable.${why}`)} ${count}`)
      .join('，');
  const columns: DataColumn<Row>[] = [
    {
      key: 'person',
      title: t('report.person'),
      width: 120,
      fixed: true,
      draw: (row) => <Link to={listPath('lead', leadsOf(row.person.id, report))}>{row.person.name}</Link>,
    },
    { key: 'received', title: t('report.received'), align: 'right', width: 90, draw: (row) => row.received },
    {
      key: 'share',
      title: t('report.share'),
      width: 150,
      draw: (row) => (
        <span className={css.share}>
          <span className={css.bar} style={{ width: `${Math.round(row.share * 80)}px` }} aria-hidden /> {Math.round(row.share * 1000) / 10}%
        </span>
      ),
    },
    { key: 'again', title: t('report.again'), align: 'right', width: 90, draw: (row) => row.received_again },
    { key: 'taken', title: t('report.taken'), align: 'right', width: 90, draw: (row) => row.taken_away },
    { key: 'load', title: t('report.load'), align: 'right', width: 100, draw: (row) => row.mean_load ?? '–' },
    { key: 'open', title: t('report.open'), align: 'right', width: 90, draw: (row) => row.open_now },
    { key: 'touch', title: t('report.touch'), align: 'right', width: 120, draw: (row) => (row.first_touch_s === null ? '–' : durationText(row.first_touch_s, ui)) },
    { key: 'intime', title: t('report.inTime'), align: 'right', width: 110, draw: (row) => `${row.touched_in_time} / ${row.late}` },
    {
      key: 'passed',
      title: t('report.passed'),
      width: 240,
      draw: (row) => (sum(row.passed_over) ? <span title={listed(row.passed_over)}>{listed(row.passed_over)}</span> : '–'),
    },
  ];
  return <DataTable label={t('report.title')} rows={report.people.map((row) => ({ ...row, id: row.person.id }))} rowName={(row) => row.person.name} columns={columns} />;
}

/** Who was given how much in a period, who was passed over and why, how fast they were. */
export default function ReportPage() {
  const { t } = useTranslation('routing');
  const address = useAddress();
  const days = spans.find((one) => String(one) === address.get('days')) ?? 30;
  const period = useMemo(() => lastDays(days), [days]);
  const report = useFairness(period.since, period.until);
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <RoutingTabs value="report" />
        <Segmented<number> aria-label={t('report.period')} value={days} onChange={(next) => { address.set({ days: String(next) }); }} options={spans.map((one) => ({ value: one, label: t('report.days', { count: one }) }))} />
      </div>
      <Faces query={report} rows={8} isEmpty={(data) => data.given === 0 && data.pooled === 0} empty={<Empty title={t('report.nothing')} hint={t('report.nothingHint')} />}>
        {(data) => (
          <>
            <p className={css.total} role="status">
              {t('report.total', { given: data.given, pooled: data.pooled })}
            </p>
            <ul className={css.counts}>
              {data.groups.map((group) => (
                <li key={group.group.key}>
                  {group.group.name} <strong className="num">{group.received}</strong>
                  {group.by_overflow > 0 && <span className="muted"> {t('report.overflow', { count: group.by_overflow })}</span>}
                </li>
              ))}
              {Object.entries(data.pooled_by_reason).map(([reason, count]) => (
                <li key={reason}>
                  {t('pool')} · {t(`pooled.${reason}`)} <strong className="num">{String(count)}</strong>
                </li>
              ))}
            </ul>
            <People report={data} />
          </>
        )}
      </Faces>
    </div>
  );
}

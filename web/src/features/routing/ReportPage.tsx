import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fairness } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { durationText } from '@/ui/duration';
import { Empty, Faces } from '@/ui/faces';
import { FigureSheet } from './FigureSheet';
import css from './Routing.module.css';
import { RoutingTabs } from './RoutingTabs';
import { lastDays, spans } from './periods';
import { useFairness, type Cell } from './routing';

type Row = Fairness['people'][number] & { id: number };

type Open = (cell: Cell, title: string) => void;

/** A number of the report; it opens the leads that it counts. */
function Figure({ count, cell, title, onOpen }: { count: number; cell: Cell; title: string; onOpen: Open }) {
  if (count === 0) return <span className="num">0</span>;
  return (
    <button type="button" className={css.figure} aria-label={`${title} ${String(count)}`} onClick={() => { onOpen(cell, title); }}>
      {count}
    </button>
  );
}

function People({ report, onOpen }: { report: Fairness; onOpen: Open }) {
  const { t } = useTranslation('routing');
  const ui = useTranslation('ui').t;
  const of = (row: Row, figure: string, name: string, count: number) => (
    <Figure count={count} cell={{ figure, person: row.person.id }} title={`${row.person.name} · ${name}`} onOpen={onOpen} />
  );
  const columns: DataColumn<Row>[] = [
    {
      key: 'person',
      title: t('report.person'),
      width: 120,
      fixed: true,
      draw: (row) => row.person.name,
    },
    { key: 'received', title: t('report.received'), align: 'right', width: 90, draw: (row) => of(row, 'received', t('report.received'), row.received) },
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
    { key: 'again', title: t('report.again'), align: 'right', width: 90, draw: (row) => of(row, 'again', t('report.again'), row.received_again) },
    { key: 'taken', title: t('report.taken'), align: 'right', width: 90, draw: (row) => of(row, 'taken', t('report.taken'), row.taken_away) },
    { key: 'load', title: t('report.load'), align: 'right', width: 100, draw: (row) => row.mean_load ?? '–' },
    { key: 'open', title: t('report.open'), align: 'right', width: 90, draw: (row) => of(row, 'open', t('report.open'), row.open_now) },
    { key: 'touch', title: t('report.touch'), align: 'right', width: 120, draw: (row) => (row.first_touch_s === null ? '–' : durationText(row.first_touch_s, ui)) },
    {
      key: 'intime',
      title: t('report.inTime'),
      align: 'right',
      width: 110,
      draw: (row) => (
        <>
          {of(row, 'in_time', t('report.touchedInTime'), row.touched_in_time)} / {of(row, 'late', t('report.late'), row.late)}
        </>
      ),
    },
    {
      key: 'passed',
      title: t('report.passed'),
      width: 240,
      draw: (row) => {
        const reasons = Object.entries(row.passed_over);
        if (reasons.length === 0) return '–';
        return (
          <span className={css.reasons}>
            {reasons.map(([why, count]) => (
              <span key={why}>
                {t(`unable.${why}`)} <Figure count={count} cell={{ figure: 'passed', person: row.person.id, detail: why }} title={`${row.person.name} · ${t('report.passed')} · ${t(`unable.${why}`)}`} onOpen={onOpen} />
              </span>
            ))}
          </span>
        );
      },
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
  const [opened, setOpened] = useState<{ cell: Cell; title: string } | null>(null);
  const open: Open = (cell, title) => {
    setOpened({ cell, title });
  };
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
              {t('report.given')} <Figure count={data.given} cell={{ figure: 'given' }} title={t('report.given')} onOpen={open} />
              {'　'}
              {t('report.pooled')} <Figure count={data.pooled} cell={{ figure: 'pooled' }} title={t('report.pooled')} onOpen={open} />
            </p>
            <ul className={css.counts}>
              {data.groups.map((group) => (
                <li key={group.group.key}>
                  {group.group.name} <Figure count={group.received} cell={{ figure: 'group', detail: group.group.key }} title={group.group.name} onOpen={open} />
                  {group.by_overflow > 0 && (
                    <span className="muted">
                      {' '}
                      {t('report.overflow')} <Figure count={group.by_overflow} cell={{ figure: 'overflow', detail: group.group.key }} title={`${group.group.name} · ${t('report.overflow')}`} onOpen={open} />
                    </span>
                  )}
                </li>
              ))}
              {Object.entries(data.pooled_by_reason).map(([reason, count]) => (
                <li key={reason}>
                  {t('pool')} · {t(`pooled.${reason}`)} <Figure count={count} cell={{ figure: 'pooled_because', detail: reason }} title={t(`pooled.${reason}`)} onOpen={open} />
                </li>
              ))}
            </ul>
            <People report={data} onOpen={open} />
          </>
        )}
      </Faces>
      {opened && <FigureSheet cell={opened.cell} title={opened.title} period={period} onClose={() => { setOpened(null); }} />}
    </div>
  );
}

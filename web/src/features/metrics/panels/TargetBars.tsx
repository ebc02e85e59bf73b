import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Metric } from '@/api/types';
import { problemOf } from '@/api/problem';
import { Empty, Faces } from '@/ui/faces';
import { number, shortMoney } from '@/ui/format';
import { wholePart, type Behind } from '@/features/metrics/figures';
import { Footing, Panel } from '@/features/metrics/Panel';
import type { Span } from '@/features/metrics/periods';
import type { Width } from '@/features/metrics/rows';
import css from '@/features/metrics/metrics.module.css';
import TargetDeals from '@/features/metrics/targets/TargetDeals';
import { daysOf, inMonth, levelOf, useTargets, type Came, type Grid } from '@/features/metrics/targets/targets';
import { percent } from '@/features/metrics/told';
import own from './panels.module.css';

type Props = { span: Span; width: Width; unit: number | null; metric: Metric | undefined; label: string; onOpen: (behind: Behind) => void; onDefine?: () => void };
type BarsProps = { grid: Grid; month: string; label: string; onOpen: (came: Came) => void };

function whole(unit: number | null, metric: Metric | undefined): string {
  const asked = new URLSearchParams({ ...(unit === null ? {} : { unit: String(unit) }), ...(metric ? { metric: metric.key } : {}) }).toString();
  return asked ? `/targets?${asked}` : '/targets';
}

/** Which part of a month's target came, of each unit or person; the mark is the target. */
function Bars({ grid, month, label, onOpen }: BarsProps) {
  const { t } = useTranslation('targets');
  const rows = inMonth(grid, month);
  const largest = Math.max(1, ...rows.map(({ cell }) => cell.done ?? 0));
  const width = (part: number) => `${String((part / largest) * 100)}%`;
  const told = (value: string | number) => (grid.metric ? number(Number(value)) : shortMoney(value, grid.currency));
  if (rows.length === 0) return <Empty title={t('nothingIn', { month })} hint={t('nothingHint')} />;
  return (
    <ul className={css.bars} aria-label={label}>
      {rows.map(({ row, cell }) => {
        const whose = row.person?.name ?? row.unit.name;
        const level = levelOf(cell);
        return (
          <li key={`${String(row.unit.id)}.${String(row.person?.id)}`}>
            <button type="button" className="plain" disabled={Number(cell.came) === 0} onClick={() => { onOpen({ title: t('cameOf', { whose, when: month }), ...daysOf([cell]), unit: row.unit.id, person: row.person?.id }); }}>
              <span className={css.barName} title={whose}>{whose}</span>
              <span className={css.track} aria-hidden="true">
                <span className={css.bar} data-level={level} style={{ width: width(cell.done ?? 0) }} />
                {cell.target !== null && <span className={css.limit} style={{ left: width(1) }} />}
              </span>
              <span className={css.barValue}>
                <strong className="num">{cell.done === null ? told(cell.came) : percent(cell.done, 0)}</strong>
                <small className="num">{cell.target === null ? t('noTarget') : `${told(cell.came)}/${told(cell.target)}`}</small>
              </span>
              <small className={css.within}>
                {[cell.is_missed ? t('missed') : !cell.is_over && cell.pace !== null && t('pace', { pace: percent(cell.pace, 0) }), row.missed > 1 && t('missedMonths', { count: row.missed })].filter(Boolean).join(' · ')}
              </small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Targets of the month in which a period ends, of a unit, those right below it and its people; nothing for whom amounts are hidden. */
export default function TargetBars({ span, width, unit, metric, label, onOpen, onDefine }: Props) {
  const { t } = useTranslation('targets');
  const month = span.until.slice(0, 7);
  const found = useTargets(Number(month.slice(0, 4)), unit ?? undefined, metric?.key ?? '');
  const [came, setCame] = useState<Came | null>(null);
  const open = (what: Came) => {
    const { title, since, until, person } = what;
    if (metric) onOpen({ metric: metric.key, title, part: wholePart(metric), where: { since, until, unit: what.unit, person } });
    else setCame(what);
  };
  if (problemOf(found.error)?.status === 403) return null;
  return (
    <Panel title={label} width={width} onDefine={onDefine}>
      <Faces query={found} rows={5}>
        {(data) => (
          <>
            <Bars grid={data} month={month} label={label} onOpen={open} />
            <Link className={own.all} to={whole(unit, metric)}>{t('whole')}</Link>
            <Footing figures={{ ...data, since: `${month}-01`, until: span.until }} />
          </>
        )}
      </Faces>
      {came && <TargetDeals came={came} onClose={() => { setCame(null); }} />}
    </Panel>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric, MetricDimension, MetricFigures, MetricRow } from '@/api/types';
import { Empty } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './metrics.module.css';
import { isGrain } from './periods';
import { bucketWords, counted, inWords, isShare, limitWords, moreIsBetter, percent } from './told';
import { Verdict } from './Verdict';

type Props = { metric: Metric; figures: MetricFigures; by: MetricDimension; label: string; onOpen: (row: MetricRow, title: string) => void };

const FIRST = 20;
const MORE = 40;

/** Lying bars, the most urgent first, with the counts behind each; the mark is the target.
 *
 * Of people and the like there may be hundreds: the first are shown, the others where they are asked for. */
export function BarList({ metric, figures, by, label, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const [most, setMost] = useState(FIRST);
  const rows = figures.rows.filter((row) => row.figure.value !== null || Number(row.figure.numerator) > 0);
  if (rows.length === 0) return <Empty title={t('noRows')} hint={t('noRowsHint')} />;
  const values = rows.map((row) => Number(row.figure.value ?? 0));
  const largest = Math.max(...values, metric.threshold?.good ?? 0, isShare(metric) ? 0.05 : 0) || 1;
  const width = (value: number) => `${String(Math.min(100, (value / largest) * 100))}%`;
  const sorted = isGrain(by) ? rows : [...rows].sort((one, other) => (moreIsBetter(metric) ? 1 : -1) * (Number(one.figure.value ?? 0) - Number(other.figure.value ?? 0)));
  const shown = isGrain(by) ? sorted : sorted.slice(0, most);
  const left = sorted.length - shown.length;
  return (
    <>
      <ul className={css.bars} aria-label={label}>
        {shown.map((row) => {
          const words = isGrain(by) ? bucketWords(row.key, by) : name(row.label);
          const parts = isShare(metric) ? `${counted(row.figure.numerator)}/${counted(row.figure.denominator)}` : '';
          return (
            <li key={row.key}>
              <button type="button" className="plain" onClick={() => { onOpen(row, words); }}>
                <span className={css.barName} title={words}>{words}</span>
                <span className={css.track} aria-hidden="true">
                  <span className={css.bar} data-level={row.figure.level} style={{ width: width(Number(row.figure.value ?? 0)) }} />
                  {metric.threshold && <span className={css.limit} style={{ left: width(metric.threshold.good) }} />}
                </span>
                <span className={css.barValue}>
                  <strong className="num">{inWords(metric, row.figure.value)}</strong>
                  {metric.unit && !isShare(metric) && <small>{name(metric.unit)}</small>}
                  {parts && <small className="num">{parts}</small>}
                </span>
                <Verdict figure={row.figure} />
                {row.figure.low !== null && row.figure.high !== null && <small className={css.within}>{t('interval', { low: percent(row.figure.low, 0), high: percent(row.figure.high, 0) })}</small>}
              </button>
            </li>
          );
        })}
      </ul>
      {left > 0 && <Button block size="small" onClick={() => { setMost(most + MORE); }}>{t('moreBars', { count: Math.min(MORE, left) })}</Button>}
      {metric.threshold && <p className={css.legend}>{t('limitMark', { target: t(moreIsBetter(metric) ? 'targetAbove' : 'targetBelow', { target: limitWords(metric, metric.threshold.good, name) }) })}</p>}
    </>
  );
}

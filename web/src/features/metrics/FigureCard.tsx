import { useTranslation } from 'react-i18next';
import type { Metric, MetricFigures } from '@/api/types';
import { useName } from '@/ui/names';
import type { Part } from './figures';
import css from './metrics.module.css';
import { Footing } from './Panel';
import { daysIn } from './periods';
import { counted, inWords, isShare, limitWords, moreIsBetter, percent } from './told';
import { Changed, Verdict } from './Verdict';

type Props = { metric: Metric; figures: MetricFigures; onOpen: (part: Part, title: string) => void; withFooting?: boolean };

/** A figure with its target, its parts in words, how sure it is, and what changed. */
export function FigureCard({ metric, figures, onOpen, withFooting = true }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const { total, before } = figures;
  const days = daysIn(figures);
  const part = (which: Part, words: string, count: string | null) => (
    <button type="button" className={`plain ${css.part ?? ''}`} disabled={Number(count) === 0} onClick={() => { onOpen(which, words); }}>
      {words} <strong className="num">{counted(count)}</strong>
    </button>
  );
  return (
    <>
      <div className={css.value}>
        <button type="button" className={`plain ${css.big ?? ''}`} data-level={total.level} aria-label={[name(metric.name), inWords(metric, total.value), metric.unit && name(metric.unit)].filter(Boolean).join(' ')} disabled={total.value === null} onClick={() => { onOpen(metric.format === 'sum' ? 'hit' : 'all', name(metric.name)); }}>
          <strong className="num">{inWords(metric, total.value)}</strong>{' '}
          {metric.unit && <small>{name(metric.unit)}</small>}
        </button>
        <Verdict figure={total} />
        {metric.threshold && <span className={css.target}>{t(moreIsBetter(metric) ? 'targetAbove' : 'targetBelow', { target: limitWords(metric, metric.threshold.good, name) })}</span>}
      </div>
      <p className={css.parts}>
        {part('hit', name(metric.numerator), total.numerator)}
        {metric.denominator && (
          <>
            ÷ {part('all', name(metric.denominator), total.denominator)}
          </>
        )}
      </p>
      <p className={css.sure}>
        {isShare(metric) && total.low !== null && total.high !== null && <span>{t('interval', { low: percent(total.low), high: percent(total.high) })}</span>}
        {!metric.is_now && (
          <span>
            {days === 1 ? t('beforeDay') : t('beforeDays', { count: days })} {before?.value && inWords(metric, before.value)} <Changed metric={metric} figure={total} before={before} />
          </span>
        )}
      </p>
      {withFooting && <Footing figures={figures} />}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { Metric, MetricFigures } from '@/api/types';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import type { Part } from '@/features/metrics/figures';
import shared from '@/features/metrics/metrics.module.css';
import { counted, inWords, isShare, limitWords, moreIsBetter, percent } from '@/features/metrics/told';
import { Changed, Verdict } from '@/features/metrics/Verdict';
import { earlier } from './spans';
import css from './explore.module.css';
import type { View } from './view';

type Props = { view: View; metric: Metric; figures: MetricFigures; onOpen: (part: Part, words: string) => void };

/** The figure as a whole: its target, the counts behind it, how sure it is, and what it is compared with. */
export function Total({ view, metric, figures, onOpen }: Props) {
  const { t } = useTranslation('explore');
  const name = useName();
  const { total, before } = figures;
  const than = view.compare && earlier(figures, view.compare);
  const part = (which: Part, words: string, count: string | null) => (
    <button type="button" className={`plain ${shared.part ?? ''}`} disabled={Number(count) === 0} onClick={() => { onOpen(which, words); }}>
      {words} <strong className="num">{counted(count)}</strong>
    </button>
  );
  return (
    <div className={css.total}>
      <div className={shared.value}>
        <button type="button" className={`plain ${shared.big ?? ''}`} data-level={total.level} aria-label={t('behind', { name: `${name(metric.name)} ${inWords(metric, total.value)}` })} disabled={total.value === null || Number(total.denominator ?? total.numerator) === 0} onClick={() => { onOpen(metric.format === 'sum' ? 'hit' : 'all', name(metric.name)); }}>
          <strong className="num">{inWords(metric, total.value)}</strong> {metric.unit && <small>{name(metric.unit)}</small>}
        </button>
        <Verdict figure={total} />
        {metric.threshold && <span className={shared.target}>{t(moreIsBetter(metric) ? 'targetAbove' : 'targetBelow', { ns: 'metrics', target: limitWords(metric, metric.threshold.good, name) })}</span>}
      </div>
      <div className={css.told}>
        <p className={shared.parts}>
          {part('hit', name(metric.numerator), total.numerator)}
          {metric.denominator && <>÷ {part('all', name(metric.denominator), total.denominator)}</>}
        </p>
        <p className={shared.parts}>
          {isShare(metric) && total.low !== null && total.high !== null && <span className="muted">{t('interval', { ns: 'metrics', low: percent(total.low), high: percent(total.high) })}</span>}
          {than && (
            <span className="muted">
              {t(`compares.${view.compare ?? 'previous'}`)} ({t('span', { ns: 'metrics', since: date(than.since), until: date(than.until) })}) {inWords(metric, before?.value)} <Changed metric={metric} figure={total} before={before} />
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

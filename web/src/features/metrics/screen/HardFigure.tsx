import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/types';
import { useFigures } from '@/features/metrics/figures';
import type { Span } from '@/features/metrics/periods';
import { counted, inWords, limitWords, moreIsBetter } from '@/features/metrics/told';
import { Changed, marks } from '@/features/metrics/Verdict';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './screen.module.css';

/** One figure to be read from afar: value, target, parts, what changed. */
export function HardFigure({ metric, span }: { metric: Metric; span: Span }) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const found = useFigures(metric.key, { ...span, compare: 'previous' });
  const total = found.data?.total;
  return (
    <section className={css.figure} data-level={total?.level}>
      <h2>{name(metric.name)}</h2>
      <p>
        <strong className="num">
          <span aria-hidden="true">{total && marks[total.level]}</span> {inWords(metric, total?.value, 0)}
        </strong>
        {total && <span className="num">{`${counted(total.numerator)}/${counted(total.denominator)}`}</span>}
      </p>
      <small>
        {metric.threshold && <span>{t(moreIsBetter(metric) ? 'targetAbove' : 'targetBelow', { target: limitWords(metric, metric.threshold.good, name) })}</span>}
        {found.data && <Changed metric={metric} figure={found.data.total} before={found.data.before} />}
        <span className="num">{date(span.until)}</span>
      </small>
    </section>
  );
}

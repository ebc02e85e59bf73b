import { useTranslation } from 'react-i18next';
import type { Metric, MetricFigure } from '@/api/types';
import css from './metrics.module.css';
import { changeOf } from './told';

export const marks = { good: '✓', middle: '!', bad: '✕', none: '' } as const;

/** What the thresholds say of a figure, in a word beside the colour. */
export function Verdict({ figure }: { figure: MetricFigure }) {
  const { t } = useTranslation('metrics');
  if (figure.level === 'none') return figure.value === null ? <span className={css.verdict}>{t('nothing')}</span> : null;
  return (
    <span className={css.verdict} data-level={figure.level}>
      <span aria-hidden="true">{marks[figure.level]}</span> {t(`level.${figure.level}`)}
    </span>
  );
}

/** How a figure differs from the period before. */
export function Changed({ metric, figure, before }: { metric: Metric; figure: MetricFigure; before: MetricFigure | null }) {
  const { t } = useTranslation('metrics');
  const change = changeOf(metric, figure, before);
  if (!change) return <span className={css.change}>{t('change.none')}</span>;
  const points = metric.format === 'share' || metric.format === 'met' || metric.format === 'missed';
  return (
    <span className={css.change} data-tone={change.tone}>
      <span aria-hidden="true">{change.by > 0 ? '▲' : change.by < 0 ? '▼' : '＝'}</span> {t(points ? 'change.points' : 'change.plain', { change: change.text })}
    </span>
  );
}

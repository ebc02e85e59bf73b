import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/types';
import { BarList } from '@/features/metrics/BarList';
import { FigureCard } from '@/features/metrics/FigureCard';
import { narrowed, useFigures, wholePart, type Behind } from '@/features/metrics/figures';
import css from '@/features/metrics/metrics.module.css';
import { Panel } from '@/features/metrics/Panel';
import { firstOf, plus, type Span } from '@/features/metrics/periods';
import { counted, inWords, isShare } from '@/features/metrics/told';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';

const weeks = 8;
type Props = { person: number; span: Span; today: string; onOpen: (behind: Behind) => void };

function Trend({ metric, person, today, onOpen }: Omit<Props, 'span'> & { metric: Metric }) {
  const { t } = useTranslation('metrics');
  const title = useName()(metric.name);
  const trend = { since: plus(firstOf(today, 'week'), -7 * (weeks - 1)), until: today, person };
  const byWeek = useFigures(metric.key, { ...trend, by: 'week' });
  return (
    <>
      <h3 className={css.target}>{t('people.weeks')}</h3>
      <Faces query={byWeek} rows={4}>
        {(data) => <BarList metric={metric} figures={data} by="week" label={`${title} · ${t('people.weeks')}`} onOpen={(row, words) => { onOpen({ metric: metric.key, title: `${title} · ${words}`, part: wholePart(metric), where: narrowed(trend, 'week', row.key) }); }} />}
      </Faces>
    </>
  );
}

function Own({ metric, person, span, today, onOpen }: Props & { metric: Metric }) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const title = name(metric.name);
  const own = useFigures(metric.key, { ...span, person, compare: 'previous' });
  const team = useFigures(metric.key, span).data?.total;
  const parts = team && isShare(metric) ? ` (${counted(team.numerator)}/${counted(team.denominator)})` : '';
  return (
    <Panel title={title}>
      {team && <p className={css.target}>{t('people.team', { value: inWords(metric, team.value) + parts })}</p>}
      <Faces query={own} rows={4}>
        {(data) => <FigureCard metric={metric} figures={data} onOpen={(part, words) => { onOpen({ metric: metric.key, title: words, part, where: { ...span, person } }); }} />}
      </Faces>
      {metric.dimensions.includes('week') && <Trend metric={metric} person={person} today={today} onOpen={onOpen} />}
    </Panel>
  );
}

/** Somebody's figures, those of the team in sight beside them, and the last weeks. */
export function OnePerson({ metrics, ...rest }: Props & { metrics: Metric[] }) {
  return (
    <div className={css.panels}>
      {metrics.map((metric) => (
        <Own key={metric.key} metric={metric} {...rest} />
      ))}
    </div>
  );
}

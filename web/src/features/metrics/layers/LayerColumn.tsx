import { BulbOutlined } from '@ant-design/icons';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Metric } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { explored } from '@/features/metrics/explore/view';
import { FigureCard } from '@/features/metrics/FigureCard';
import { useFigures, type Behind } from '@/features/metrics/figures';
import { Panel } from '@/features/metrics/Panel';
import { inWords } from '@/features/metrics/told';
import css from './layers.module.css';
import { perWorkday, type Asked, type Indicator, type Layer } from './layers';

type Shown = { asked: Asked; workdays: number; onOpen: (behind: Behind) => void; onDefine: (metric: string) => void };

/** A figure of a layer, and what to do where it falls short. */
function IndicatorCard({ indicator, metric, asked, workdays, onOpen, onDefine }: Shown & { indicator: Indicator; metric: Metric }) {
  const { t } = useTranslation('layers');
  const name = useName();
  const figures = useFigures(metric.key, { ...asked, compare: 'previous' });
  const total = figures.data?.total;
  const daily = indicator.per_workday ? perWorkday(total?.value, workdays) : null;
  const panel = { metric: metric.key, by: null, and_by: null, chart: 'card' as const, days: null, name: metric.name, source: null };
  return (
    <Panel title={name(metric.name)} onDefine={() => { onDefine(metric.key); }} explore={explored(panel, metric, asked, asked.unit ?? null)} width="whole">
      <Faces query={figures} rows={3}>
        {(data) => <FigureCard metric={metric} figures={data} withFooting={false} onOpen={(part, title) => { onOpen({ metric: metric.key, title, part, where: asked }); }} />}
      </Faces>
      {daily !== null && <p className={css.daily}>{t('daily', { value: inWords(metric, daily), count: workdays })}</p>}
      <p className={css.todo} data-level={total?.level}>
        <BulbOutlined aria-hidden />
        <span>
          <strong>{t(total?.level === 'bad' || total?.level === 'middle' ? 'doNow' : 'doIfPoor')}</strong> {name(indicator.intervention)}{' '}
          <Link to={indicator.page} aria-label={t('goFor', { name: name(metric.name) })}>{t('go')}</Link>
        </span>
      </p>
    </Panel>
  );
}

/** A layer: its name, and its figures below one another. */
export function LayerColumn({ layer, number, metrics, ...shown }: Shown & { layer: Layer; number: number; metrics: Metric[] }) {
  const { t } = useTranslation('layers');
  const name = useName();
  const id = useId();
  return (
    <section className={css.layer} aria-labelledby={id}>
      <header className={css.lead}>
        <small className="muted">{t('number', { number })}</small>
        <h2 id={id}>{name(layer.name)}</h2>
        <p className="muted">{name(layer.about)}</p>
      </header>
      {layer.indicators.map((indicator) => {
        const metric = metrics.find((each) => each.key === indicator.metric);
        return metric && <IndicatorCard key={indicator.metric} indicator={indicator} metric={metric} {...shown} />;
      })}
    </section>
  );
}

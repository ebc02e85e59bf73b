import { AppstoreOutlined, BarChartOutlined, CalendarOutlined, FunnelPlotOutlined, LineChartOutlined, TableOutlined } from '@ant-design/icons';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '@/api/types';
import { useChosenInView } from '@/ui/inView';
import css from './explore.module.css';
import { charts, fits, fitted, type Chart, type View } from './view';

const icons: Record<Chart, ReactNode> = {
  table: <TableOutlined aria-hidden />,
  line: <LineChartOutlined aria-hidden />,
  bars: <BarChartOutlined aria-hidden />,
  funnel: <FunnelPlotOutlined aria-hidden />,
  matrix: <AppstoreOutlined aria-hidden />,
  calendar: <CalendarOutlined aria-hidden />,
};

type Props = { view: View; metric: Metric; onChange: (change: Partial<View>) => void };

/** The kinds of charts; one that cannot draw what is broken down says on itself what it needs, and offers it when pressed. */
export function ChartTabs({ view, metric, onChange }: Props) {
  const { t } = useTranslation('explore');
  const row = useChosenInView<HTMLDivElement>(view.chart, '[aria-pressed=true]');
  const [asked, setAsked] = useState<Chart | null>(null);
  const why = asked !== null && !fits(asked, view) ? asked : null;
  const instead = why && fitted(why, view, metric);
  const words = instead && [instead.by, instead.andBy].filter((each) => each !== null).map((each) => t(`by.${each}`, { ns: 'metrics' })).join(' × ');
  return (
    <>
      <div ref={row} className={css.charts} role="group" aria-label={t('chart')}>
        {charts.map((chart) => {
          const fitting = fits(chart, view);
          return (
            <button
              key={chart}
              type="button"
              className={css.chart}
              aria-pressed={chart === view.chart}
              aria-disabled={!fitting}
              title={fitting ? undefined : t(`needs.${chart}`)}
              onClick={() => {
                setAsked(fitting ? null : chart);
                if (fitting) onChange({ chart });
              }}
            >
              {icons[chart]} {t(`charts.${chart}`)}
              {!fitting && <small>{t(fitted(chart, view, metric) ? `wants.${chart}` : 'wants.never')}</small>}
            </button>
          );
        })}
      </div>
      {why && (
        <p className={css.needs} role="status">
          {t(`needs.${why}`)}{' '}
          {instead ? (
            <button type="button" className={`plain ${css.instead ?? ''}`} onClick={() => { onChange({ ...instead, chart: why }); setAsked(null); }}>
              {t('instead', { by: words })}
            </button>
          ) : (
            t('cannot')
          )}
        </p>
      )}
    </>
  );
}

import { BarChart, FunnelChart, HeatmapChart, LineChart } from 'echarts/charts';
import { CalendarComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as take, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useReducedMotion } from '@/ui/media';
import { useIsDark } from '@/ui/theme';
import type { Drawing, Line } from './drawings';

take([BarChart, FunnelChart, HeatmapChart, LineChart, CalendarComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

type Props = { label: string; drawing: Drawing; height: number; onOpen: (row: number) => void };

type Point = { row?: number; value?: number | null };
type Drawn = { type?: string; data?: (Point | number | null)[] };

/** The row of the point that is nearest to a place between the points of lines; none where there are no lines. */
function nearest(chart: EChartsType, x: number, y: number): number | undefined {
  const series = (chart.getOption() as { series: Drawn[] }).series;
  if (series[0]?.type !== 'line' || !chart.containPixel('grid', [x, y])) return undefined;
  const at = Math.round(chart.convertFromPixel({ gridIndex: 0 }, [x, y])[0] ?? -1);
  const points = series.flatMap(({ data = [] }) => {
    const point = data[at];
    if (!point || typeof point === 'number' || point.row === undefined || typeof point.value !== 'number') return [];
    return [{ row: point.row, away: Math.abs((chart.convertToPixel({ gridIndex: 0 }, [at, point.value])[1] ?? 0) - y) }];
  });
  return points.sort((one, other) => one.away - other.away)[0]?.row;
}

/** A press on a line or beside one of its small points opens the nearest point of the day whose words are shown. */
function openNearest(chart: EChartsType, onOpen: (row: number) => void): void {
  const canvas = chart.getZr();
  canvas.on('click', ({ offsetX, offsetY }) => {
    const row = nearest(chart, offsetX, offsetY);
    if (row !== undefined) onOpen(row);
  });
  canvas.on('mousemove', ({ offsetX, offsetY }) => {
    if (nearest(chart, offsetX, offsetY) !== undefined) canvas.setCursorStyle('pointer');
  });
}

function Told({ label, lines }: { label: string; lines: Line[] }) {
  return (
    <table className="sr-only">
      <caption>{label}</caption>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td>{line.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A chart whose points open what is behind them; the same numbers stand in a table for those who do not see it. */
export default function Plot({ label, drawing, height, onOpen }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const open = useRef(onOpen);
  const isDark = useIsDark();
  const still = useReducedMotion();
  useEffect(() => {
    open.current = onOpen;
  }, [onOpen]);
  useEffect(() => {
    if (!place.current) return;
    const styles = getComputedStyle(place.current);
    const chart = init(place.current, null, { renderer: 'svg' });
    const colour = (name: string) => styles.getPropertyValue(name).trim();
    chart.setOption({ animation: !still, textStyle: { fontFamily: styles.fontFamily }, ...drawing.option(colour) });
    chart.on('click', ({ data, seriesType }) => {
      const row = (data as Point | null)?.row;
      if (row !== undefined && seriesType !== 'line') open.current(row);
    });
    openNearest(chart, (row) => { open.current(row); });
    const watch = new ResizeObserver(() => {
      chart.resize();
    });
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [drawing, isDark, still]);
  return (
    <>
      <div ref={place} aria-hidden="true" style={{ height }} />
      <Told label={label} lines={drawing.lines} />
    </>
  );
}

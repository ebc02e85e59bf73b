import { BarChart, FunnelChart, HeatmapChart, LineChart } from 'echarts/charts';
import { CalendarComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as take } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useReducedMotion } from '@/ui/media';
import { useIsDark } from '@/ui/theme';
import type { Drawing, Line } from './drawings';

take([BarChart, FunnelChart, HeatmapChart, LineChart, CalendarComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

type Props = { label: string; drawing: Drawing; height: number; onOpen: (row: number) => void };

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
    chart.on('click', ({ data }) => {
      const row = (data as { row?: number } | null)?.row;
      if (row !== undefined) open.current(row);
    });
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

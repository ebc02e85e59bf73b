import { BarChart as Bars, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as take } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { number } from './format';
import { useReducedMotion } from './media';
import { useIsDark } from './theme';

take([Bars, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

export type BarTone = 'normal' | 'good' | 'warning' | 'bad';
export type BarItem = { name: string; value: number; limit: number | null; tone: BarTone };
type Props = { label: string; unit: string; limitName: string; items: BarItem[] };

const colours: Record<BarTone, string> = { normal: '--link', good: '--ok', warning: '--warn', bad: '--bad' };

function optionOf({ unit, limitName, items }: Props, colour: (name: string) => string, still: boolean) {
  const rows = [...items].reverse();
  const axis = { axisLine: { lineStyle: { color: colour('--line-2') } }, axisTick: { show: false } };
  return {
    animation: !still,
    grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: colour('--panel'), borderColor: colour('--line'), textStyle: { color: colour('--text') } },
    xAxis: { type: 'value', ...axis, axisLabel: { color: colour('--text-3') }, splitLine: { lineStyle: { color: colour('--line') } } },
    yAxis: { type: 'category', data: rows.map((row) => row.name), ...axis, axisLabel: { color: colour('--text-2'), width: 140, overflow: 'truncate' } },
    series: [
      {
        name: unit,
        type: 'bar',
        barMaxWidth: 22,
        data: rows.map((row) => ({ value: row.value, itemStyle: { color: colour(colours[row.tone]), borderRadius: 3 } })),
        label: { show: true, position: 'right', color: colour('--text'), formatter: ({ value }: { value: number }) => `${number(value)} ${unit}` },
      },
      {
        name: limitName,
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [3, 26],
        itemStyle: { color: colour('--text') },
        data: rows.flatMap((row, place) => (row.limit === null ? [] : [[row.limit, place]])),
      },
    ],
  };
}

/** Lying bars with a mark where the limit is; the same numbers stand in a table for those who do not see it. */
export default function BarChart(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const still = useReducedMotion();
  const { label, unit, limitName, items } = props;
  useEffect(() => {
    if (!place.current) return;
    const styles = getComputedStyle(place.current);
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption(optionOf({ label, unit, limitName, items }, (name) => styles.getPropertyValue(name).trim(), still));
    const watch = new ResizeObserver(() => {
      chart.resize();
    });
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [label, unit, limitName, items, isDark, still]);
  return (
    <>
      <div ref={place} aria-hidden="true" style={{ height: Math.max(120, items.length * 40 + 40) }} />
      <table className="sr-only">
        <caption>{label}</caption>
        <tbody>
          {items.map((item) => (
            <tr key={item.name}>
              <th scope="row">{item.name}</th>
              <td>
                {number(item.value)} {unit}
              </td>
              <td>{item.limit === null ? '' : `${limitName} ${number(item.limit)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

import { HeatmapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use as take } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReducedMotion } from '@/ui/media';
import { useIsDark } from '@/ui/theme';
import type { StepBacks } from './stepBacks';

take([HeatmapChart, GridComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

type Hour = StepBacks['hours'][number];
type Props = { label: string; hours: Hour[]; onOpen: (hour: Hour) => void };

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Step-backs by weekday and hour; the same counts stand in a table for those who do not see it. */
export default function HourMap({ label, hours, onOpen }: Props) {
  const { t } = useTranslation('stepbacks');
  const place = useRef<HTMLDivElement>(null);
  const open = useRef(onOpen);
  const isDark = useIsDark();
  const still = useReducedMotion();
  const shown = useMemo(() => {
    const all = hours.map((one) => one.hour);
    return all.length > 0 ? range(Math.min(...all), Math.max(...all)) : range(8, 18);
  }, [hours]);
  const days = useMemo(() => range(1, Math.max(5, ...hours.map((one) => one.weekday))), [hours]);
  useEffect(() => {
    open.current = onOpen;
  }, [onOpen]);
  useEffect(() => {
    if (!place.current) return;
    const styles = getComputedStyle(place.current);
    const colour = (name: string) => styles.getPropertyValue(name).trim();
    const chart = init(place.current, null, { renderer: 'svg' });
    const axis = { axisLine: { show: false }, axisTick: { show: false }, splitArea: { show: false }, axisLabel: { color: colour('--text-2') } };
    const most = Math.max(1, ...hours.map((one) => one.backs));
    const at = (hour: Hour) => ({
      value: [shown.indexOf(hour.hour), days.indexOf(hour.weekday), hour.backs, hour.moves],
      label: { color: colour(hour.backs > most / 2 ? '--panel' : '--text') },
    });
    chart.setOption({
      animation: !still,
      grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
      tooltip: {
        backgroundColor: colour('--panel'),
        borderColor: colour('--line'),
        textStyle: { color: colour('--text') },
        formatter: ({ value }: { value: number[] }) => {
          const [x = 0, y = 0, backs = 0, moves = 0] = value;
          return t('hourOf', { day: t(`weekday.${days[y] ?? 1}`), hour: shown[x], backs, moves });
        },
      },
      xAxis: { type: 'category', data: shown.map((hour) => String(hour)), ...axis },
      yAxis: { type: 'category', data: days.map((day) => t(`weekday.${day}`)), inverse: true, ...axis },
      visualMap: { show: false, min: 0, max: most, dimension: 2, inRange: { color: [colour('--panel-2'), colour('--warn'), colour('--bad')] } },
      series: [
        {
          type: 'heatmap',
          data: hours.map(at),
          label: { show: true, fontSize: 11, formatter: ({ value }: { value: number[] }) => (value[2] ? String(value[2]) : '') },
          itemStyle: { borderColor: colour('--panel'), borderWidth: 2, borderRadius: 4 },
        },
      ],
    });
    chart.on('click', ({ value }) => {
      const [x = 0, y = 0] = value as number[];
      const found = hours.find((one) => one.hour === shown[x] && one.weekday === days[y]);
      if (found) open.current(found);
    });
    const watch = new ResizeObserver(() => {
      chart.resize();
    });
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [hours, shown, days, isDark, still, t]);
  return (
    <>
      <div ref={place} aria-hidden="true" style={{ height: days.length * 34 + 40 }} />
      <table className="sr-only">
        <caption>{label}</caption>
        <tbody>
          {hours
            .filter((one) => one.backs > 0)
            .map((one) => (
              <tr key={`${one.weekday}-${one.hour}`}>
                <th scope="row">{t('hourOf', { day: t(`weekday.${one.weekday}`), hour: one.hour, backs: one.backs, moves: one.moves })}</th>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}

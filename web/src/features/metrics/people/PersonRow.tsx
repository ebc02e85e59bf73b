import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Metric, MetricFigure } from '@/api/types';
import { wholePart, type Behind, type FigureQuery } from '@/features/metrics/figures';
import css from '@/features/metrics/metrics.module.css';
import { counted, inWords, isShare } from '@/features/metrics/told';
import { marks } from '@/features/metrics/Verdict';
import { useName } from '@/ui/names';

/** Somebody with his figures by metric. */
export type Person = { key: string; name: string; figures: Map<string, MetricFigure> };
type Props = { person: Person; metrics: Metric[]; where: FigureQuery; onOpen: (behind: Behind) => void };

/** One person by metrics; each figure opens what is behind it, the name the person's own page. */
export const PersonRow = memo(function PersonRow({ person, metrics, where, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  return (
    <tr>
      <th scope="row">
        <Link to={`/boards/people?person=${person.key}`}>{person.name}</Link>
      </th>
      {metrics.map((metric) => {
        const figure = person.figures.get(metric.key);
        if (!figure || figure.value === null) return <td key={metric.key} className={css.blank} aria-label={t('nothing')} />;
        const parts = isShare(metric) ? ` ${counted(figure.numerator)}/${counted(figure.denominator)}` : '';
        const title = `${person.name} · ${name(metric.name)}`;
        const value = inWords(metric, figure.value, 0);
        return (
          <td key={metric.key} data-level={figure.level}>
            <button type="button" className="plain" aria-label={`${title} ${value}${parts}`} onClick={() => { onOpen({ metric: metric.key, title, part: wholePart(metric), where: { ...where, person: Number(person.key) } }); }}>
              <span aria-hidden="true">{marks[figure.level]}</span> {value} {parts && <small>{parts}</small>}
            </button>
          </td>
        );
      })}
    </tr>
  );
});

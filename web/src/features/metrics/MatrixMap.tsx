import { useTranslation } from 'react-i18next';
import type { Metric, MetricDimension, MetricFigures, MetricRow } from '@/api/types';
import { Empty } from '@/ui/faces';
import { useName } from '@/ui/names';
import css from './metrics.module.css';
import { isGrain } from './periods';
import { bucketHead, bucketWords, counted, depth, gridOf, inWords, isShare } from './told';
import { marks } from './Verdict';

type Props = { metric: Metric; figures: MetricFigures; by: MetricDimension; andBy: MetricDimension; label: string; onOpen: (row: MetricRow, title: string) => void };

/** A table whose cells are coloured by what their figures are; each opens the things behind it. */
export function MatrixMap({ metric, figures, by, andBy, label, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const grid = gridOf(figures.rows, by, andBy, figures, name);
  const largest = Math.max(0, ...figures.rows.map((row) => Number(row.figure.value ?? 0)));
  if (grid.lines.length === 0) return <Empty title={t('noRows')} hint={t('noRowsHint')} />;
  const headOf = (column: { key: string; label: string }) => (isGrain(andBy) ? bucketHead(column.key, andBy) : { over: column.label, under: '' });
  return (
    <>
      <div className={css.scroll} role="group" aria-label={label} tabIndex={0}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col">{t(`by.${by}`)}</th>
              {grid.columns.map((column) => {
                const head = headOf(column);
                return (
                  <th key={column.key} scope="col">
                    {head.over}
                    {head.under && <small>{head.under}</small>}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {grid.lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.label}</th>
                {grid.columns.map((column) => {
                  const row = line.cells.get(column.key);
                  if (!row || (row.figure.value === null && Number(row.figure.numerator) === 0)) return <td key={column.key} className={css.blank} aria-label={t('nothing')} />;
                  const value = inWords(metric, row.figure.value, 0);
                  const parts = isShare(metric) ? ` ${counted(row.figure.numerator)}/${counted(row.figure.denominator)}` : '';
                  const title = `${line.label} · ${isGrain(andBy) ? bucketWords(column.key, andBy) : column.label}`;
                  return (
                    <td key={column.key} data-level={row.figure.level} data-depth={row.figure.level === 'none' ? depth(row.figure.value, largest) : undefined}>
                      <button type="button" className="plain" aria-label={`${title} ${value}${parts}${row.figure.level === 'none' ? '' : ` ${t(`level.${row.figure.level}`)}`}`} title={`${title} ${value}${parts}`} onClick={() => { onOpen(row, title); }}>
                        <span aria-hidden="true">{marks[row.figure.level]}</span> {value}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {metric.threshold && (
        <p className={css.legend}>
          {(['good', 'middle', 'bad'] as const).map((level) => (
            <span key={level} data-level={level}>
              <span aria-hidden="true">{marks[level]}</span> {t(`level.${level}`)}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

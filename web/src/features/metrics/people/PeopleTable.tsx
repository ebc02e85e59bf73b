import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Metric, MetricFigure } from '@/api/types';
import { figuresAsked, wholePart, type Behind, type FigureQuery } from '@/features/metrics/figures';
import css from '@/features/metrics/metrics.module.css';
import { Footing } from '@/features/metrics/Panel';
import { counted, inWords, isShare } from '@/features/metrics/told';
import { marks } from '@/features/metrics/Verdict';
import { Empty, Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';

type Props = { metrics: Metric[]; where: FigureQuery; onOpen: (behind: Behind) => void };

/** Everybody within reach, a row each: every metric with its level, opening what is behind it. */
export function PeopleTable({ metrics, where, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const found = useQueries({ queries: metrics.map((metric) => figuresAsked(metric.key, { ...where, by: 'person' })) });
  const failed = found.find((each) => each.error && !each.data);
  const names = new Map<string, string>();
  const cells = new Map<string, MetricFigure>();
  found.forEach((answer, at) => {
    for (const row of answer.data?.rows ?? []) {
      if (row.key === '0') continue;
      names.set(row.key, name(row.label));
      cells.set(`${row.key} ${String(at)}`, row.figure);
    }
  });
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (found.some((each) => !each.data)) return <Loading rows={8} />;
  if (names.size === 0) return <Empty title={t('people.nobody')} hint={t('noRowsHint')} />;
  const people = [...names].sort(([, one], [, other]) => one.localeCompare(other, 'zh-CN'));
  const first = found[0]?.data;
  return (
    <section className={css.panel} data-wide="true" aria-label={t('people.title')}>
      <div className={css.scroll} role="group" aria-label={t('people.title')} tabIndex={0}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('by.person')}</th>
              {metrics.map((metric) => (
                <th key={metric.key} scope="col">{name(metric.name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map(([key, who]) => (
              <tr key={key}>
                <th scope="row">
                  <Link to={`/boards/people?person=${key}`}>{who}</Link>
                </th>
                {metrics.map((metric, at) => {
                  const figure = cells.get(`${key} ${String(at)}`);
                  if (!figure || figure.value === null) return <td key={metric.key} className={css.blank} aria-label={t('nothing')} />;
                  const parts = isShare(metric) ? ` ${counted(figure.numerator)}/${counted(figure.denominator)}` : '';
                  const title = `${who} · ${name(metric.name)}`;
                  return (
                    <td key={metric.key} data-level={figure.level}>
                      <button type="button" className="plain" aria-label={`${title} ${inWords(metric, figure.value, 0)}${parts}`} onClick={() => { onOpen({ metric: metric.key, title, part: wholePart(metric), where: { ...where, person: Number(key) } }); }}>
                        <span aria-hidden="true">{marks[figure.level]}</span> {inWords(metric, figure.value, 0)} <small>{parts}</small>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {first && <Footing figures={first} />}
    </section>
  );
}

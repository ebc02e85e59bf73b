import { useQueries } from '@tanstack/react-query';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric, MetricFigures } from '@/api/types';
import { figuresAsked, type Behind, type FigureQuery } from '@/features/metrics/figures';
import css from '@/features/metrics/metrics.module.css';
import { Footing } from '@/features/metrics/Panel';
import { Empty, Failure, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import own from './people.module.css';
import { PersonRow, type Person } from './PersonRow';

const MOST = 60;
const MORE = 240;
type Props = { metrics: Metric[]; where: FigureQuery; programs: number[]; onOpen: (behind: Behind) => void };
type Sort = { metric: string; up: boolean } | null;

/** Everybody with a figure, whose account is no program's. */
function peopleOf(answers: (MetricFigures | undefined)[], metrics: Metric[], programs: number[], name: ReturnType<typeof useName>): Person[] {
  const found = new Map<string, Person>();
  answers.forEach((answer, at) => {
    for (const row of answer?.rows ?? []) {
      if (row.key === '0' || programs.includes(Number(row.key))) continue;
      const person = found.get(row.key) ?? { key: row.key, name: name(row.label), figures: new Map() };
      person.figures.set(metrics[at]?.key ?? '', row.figure);
      found.set(row.key, person);
    }
  });
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
}

/** By one metric, who has no figure of it last. */
function sorted(people: Person[], sort: Sort): Person[] {
  if (!sort) return people;
  const value = (person: Person) => person.figures.get(sort.metric)?.value ?? null;
  return [...people].sort((one, other) => {
    const [first, second] = [value(one), value(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return (sort.up ? 1 : -1) * (Number(first) - Number(second));
  });
}

/** Everybody within reach, a row each: every metric with its level, opening what is behind it. */
export function PeopleTable({ metrics, where, programs, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const [text, setText] = useState('');
  const [sort, setSort] = useState<Sort>(null);
  const [most, setMost] = useState(MOST);
  const found = useQueries({
    queries: metrics.map((metric) => figuresAsked(metric.key, { ...where, by: 'person' })),
    combine: (answers) => ({ data: answers.map((each) => each.data), failed: answers.find((each) => each.error && !each.data), isLoading: answers.some((each) => !each.data) }),
  });
  const people = useMemo(() => peopleOf(found.data, metrics, programs, name), [found.data, metrics, programs, name]);
  const shown = useMemo(() => sorted(people.filter((each) => each.name.toLowerCase().includes(text.trim().toLowerCase())), sort), [people, text, sort]);
  if (found.failed) return <Failure error={found.failed.error} retry={() => void found.failed?.refetch()} />;
  if (found.isLoading) return <Loading rows={8} />;
  if (people.length === 0) return <Empty title={t('people.nobody')} hint={t('noRowsHint')} />;
  const first = found.data[0];
  const turned = (metric: string) => (sort?.metric !== metric ? { metric, up: true } : sort.up ? { metric, up: false } : null);
  const order = (metric: string) => (sort?.metric === metric ? (sort.up ? 'ascending' : 'descending') : undefined);
  return (
    <section className={css.panel} data-width="whole" aria-label={t('people.title')}>
      {people.length > 12 && <Input.Search className={own.search ?? ''} aria-label={t('people.search')} placeholder={t('people.search')} allowClear value={text} onChange={(event) => { setText(event.target.value); }} />}
      <div className={css.scroll} role="group" aria-label={t('people.title')} tabIndex={0}>
        <table className={`${css.matrix ?? ''} ${own.people ?? ''}`}>
          <thead>
            <tr>
              <th scope="col">{t('by.person')}</th>
              {metrics.map((metric) => (
                <th key={metric.key} scope="col" aria-sort={order(metric.key)}>
                  <button type="button" className="plain" onClick={() => { setSort(turned(metric.key)); }}>
                    {name(metric.name)} <span aria-hidden="true">{order(metric.key) ? (sort?.up ? '▲' : '▼') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((person) => (
              <PersonRow key={person.key} person={person} metrics={metrics} where={where} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <Empty title={t('people.notFound')} />}
      {shown.length > most && (
        <button type="button" className={css.button} onClick={() => { setMost(most + MORE); }}>
          {t('people.more', { count: Math.min(MORE, shown.length - most) })}
        </button>
      )}
      {first && <Footing figures={first} />}
    </section>
  );
}

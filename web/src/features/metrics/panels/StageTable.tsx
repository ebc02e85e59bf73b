import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric, StageRow } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useMetrics, wholePart, type Behind } from '@/features/metrics/figures';
import { Footing } from '@/features/metrics/Panel';
import type { Span } from '@/features/metrics/periods';
import { counted, inWords, isShare } from '@/features/metrics/told';
import css from './stages.module.css';
import { useStageTable, type At, type StageKey } from './panels';
import { StageReasons } from './StageReasons';
import { StageSheet } from './StageSheet';

const parts = ['stay', 'conversion', 'overstaying'] as const;
type Part = (typeof parts)[number];
type Props = { at: At; span: Span; onOpen: (behind: Behind) => void; onDefine: (metric: string) => void };

/** The stages in order: how long deals stay, how many go on, how many stay too long, what stops them. */
export function StageTable({ at, span, onOpen, onDefine }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const found = useStageTable(at, span);
  const metrics = useMetrics();
  const [opened, setOpened] = useState<StageKey & { title: string } | null>(null);
  return (
    <Faces query={found} rows={8}>
      {(data) => {
        const metricOf = (part: Part) => metrics.data?.items.find((each) => each.key === data.metrics[part]);
        const figureOf = (row: StageRow, part: Part, metric: Metric | undefined) => {
          const figure = row[part];
          if (!metric || figure === null || figure.value === null) return <span className={css.nothing}>–</span>;
          const where = { ...span, ...(at.unit === null ? {} : { unit: at.unit }), kind: row.key };
          const value = inWords(metric, figure.value);
          return (
            <button type="button" className="plain" data-level={figure.level} onClick={() => { onOpen({ metric: metric.key, title: `${name(metric.name)} · ${name(row.name)}`, part: wholePart(metric), where }); }}>
              <strong className="num">{part === 'stay' ? t('stages.days', { count: Number(figure.value), days: value }) : value}</strong>
              {isShare(metric) && <small className="num">{`${counted(figure.numerator)}/${counted(figure.denominator)}`}</small>}
            </button>
          );
        };
        if (data.rows.length === 0) return <Empty title={t('noRows')} />;
        return (
          <>
            <table className={css.stages}>
              <thead>
                <tr>
                  <th scope="col">{t('stages.stage')}</th>
                  {parts.map((part) => (
                    <th key={part} scope="col">
                      <button type="button" className="plain" title={t('defineOf', { name: t(`stages.${part}`) })} onClick={() => { onDefine(data.metrics[part]); }}>
                        {t(`stages.${part}`)}
                      </button>
                    </th>
                  ))}
                  <th scope="col">{t('stages.blockers')}</th>
                  <th scope="col">{t('stages.losses')}</th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => {
                  const open = (kind: StageKey['kind'], key: string, words: string) => { setOpened({ stage: row.key, kind, key, title: `${name(row.name)} · ${words}` }); };
                  return (
                    <tr key={row.key}>
                      <th scope="row">{name(row.name)}</th>
                      {parts.map((part) => (
                        <td key={part} data-label={t(`stages.${part}`)}>
                          {figureOf(row, part, metricOf(part))}
                        </td>
                      ))}
                      <td data-label={t('stages.blockers')}>
                        <StageReasons reasons={row.blockers} onOpen={(one) => { open(one.kind ?? 'missing', one.key, name(one.name)); }} />
                      </td>
                      <td data-label={t('stages.losses')}>
                        <StageReasons reasons={row.losses} onOpen={(one) => { open('lost', one.key, name(one.name)); }} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
            <Footing figures={data} />
            {opened && <StageSheet at={at} span={span} what={opened} title={opened.title} onClose={() => { setOpened(null); }} />}
          </>
        );
      }}
    </Faces>
  );
}

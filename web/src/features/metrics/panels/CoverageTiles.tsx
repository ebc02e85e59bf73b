import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageTile, Metric } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import type { Behind } from '@/features/metrics/figures';
import { Footing } from '@/features/metrics/Panel';
import { inWords } from '@/features/metrics/told';
import { LinesSheet } from './LinesSheet';
import css from './panels.module.css';
import { useCoverage, useUncovered, type At } from './panels';

const marks = { red: '▲', green: '✓', plain: '' } as const;

function Waiting({ at, tile, onClose }: { at: At; tile: CoverageTile; onClose: () => void }) {
  const { t } = useTranslation('metrics');
  return <LinesSheet title={t('coverage.waitingOf', { unit: tile.unit.name })} found={useUncovered(at, tile.unit.id)} onClose={onClose} />;
}

type Props = { at: At; metric: Metric; onOpen: (behind: Behind) => void };

/** A tile for every unit: red where nobody with potential was followed up, green where quotations become contracts. */
export function CoverageTiles({ at, metric, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const found = useCoverage(at);
  const [opened, setOpened] = useState<CoverageTile | null>(null);
  return (
    <Faces query={found} rows={5} isEmpty={(data) => data.tiles.length === 0} empty={<Empty title={t('coverage.nobody')} hint={t('coverage.nobodyHint')} />}>
      {(data) => {
        const week = { since: data.week_since, until: data.week_until };
        const limit = metric.threshold ? inWords(metric, metric.threshold.good) : '';
        const conversion = (tile: CoverageTile) => {
          const where = { ...week, region: tile.unit.id, ...(at.unit === null ? {} : { unit: at.unit }) };
          onOpen({ metric: metric.key, title: `${tile.unit.name} · ${t('coverage.conversion')}`, part: 'all', where });
        };
        return (
          <>
            <ul className={css.tiles}>
              {data.tiles.map((tile) => (
                <li key={tile.unit.id} data-state={tile.state}>
                  <h3>
                    <span aria-hidden="true">{marks[tile.state]}</span> {tile.unit.name}
                    {tile.state !== 'plain' && <small>{t(`coverage.state.${tile.state}`, { count: data.days })}</small>}
                  </h3>
                  <button type="button" className="plain" disabled={tile.uncovered === 0} onClick={() => { setOpened(tile); }}>
                    {t('coverage.waiting')} <strong className="num">{tile.uncovered}</strong>
                  </button>
                  <small>{t('coverage.of', { covered: tile.covered, customers: tile.customers, fresh: tile.fresh })}</small>
                  {tile.conversion && Number(tile.conversion.denominator) > 0 ? (
                    <button type="button" className="plain" onClick={() => { conversion(tile); }}>
                      {t('coverage.conversion')} <strong className="num">{inWords(metric, tile.conversion.value)}</strong> <small className="num">{`${tile.conversion.numerator}/${tile.conversion.denominator ?? ''}`}</small>
                    </button>
                  ) : (
                    <small>{t('coverage.noQuotation')}</small>
                  )}
                </li>
              ))}
            </ul>
            <p className={css.rule}>{t('coverage.rule', { days: data.days, since: date(data.since), limit, from: date(data.week_since) })}</p>
            <Footing figures={data} />
            {opened && <Waiting at={at} tile={opened} onClose={() => { setOpened(null); }} />}
          </>
        );
      }}
    </Faces>
  );
}

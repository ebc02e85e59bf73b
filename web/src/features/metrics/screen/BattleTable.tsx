import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BattleMap } from '@/api/types';
import { LinesSheet } from '@/features/metrics/panels/LinesSheet';
import { useBattleDeals, useBattleMap } from '@/features/metrics/panels/panels';
import { depth } from '@/features/metrics/told';
import { number, shortMoney } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import css from './screen.module.css';
import { rowsOf } from './screen';

const few = 3;
const many = 6;
type Stage = BattleMap['stages'][number];
type Opened = { region: number; stage: string; title: string };

function Deals({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  return <LinesSheet title={opened.title} found={useBattleDeals({ region: opened.region, stage: opened.stage })} onClose={onClose} />;
}

function Actions({ stage, onClose }: { stage: Stage; onClose: () => void }) {
  const { t } = useTranslation('screen');
  const name = useName();
  return (
    <Sheet title={t('actionsOf', { stage: name(stage.name) })} onClose={onClose}>
      <ol className={css.actions}>
        {stage.actions.map((action) => (
          <li key={name(action)}>{name(action)}</li>
        ))}
      </ol>
    </Sheet>
  );
}

/** Open deals by unit and stage; a stage says how many actions it asks for, a cell opens its deals. */
export function BattleTable() {
  const { t } = useTranslation('screen');
  const name = useName();
  const found = useBattleMap(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  const rows = found.data ? rowsOf(found.data) : [];
  const largest = Math.max(0, ...rows.flatMap((row) => [...row.cells.values()].map((cell) => cell.count)));
  return (
    <section className={css.battle} aria-labelledby="battle">
      <h2 id="battle">{t('battle')}</h2>
      {rows.length === 0 ? (
        <p className={css.wait}>{t(found.data ? 'noDeals' : found.error ? 'unreachable' : 'waiting')}</p>
      ) : (
        <div className={css.table} data-few={rows.length <= few || undefined} data-many={rows.length >= many || undefined} role="group" aria-label={t('battle')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <td />
                {found.data?.stages.map((one) => (
                  <th key={one.key} scope="col">
                    <button type="button" className="plain" onClick={() => { setStage(one); }}>
                      {name(one.name)} <small>{t('actions', { count: one.actions.length })}</small>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id ?? 'rest'}>
                  <th scope="row">{row.id === null ? t('others', { count: Number(row.name) }) : row.name}</th>
                  {found.data?.stages.map((one) => {
                    const cell = row.cells.get(one.key);
                    const region = row.id;
                    const title = `${row.name} · ${name(one.name)}`;
                    return (
                      <td key={one.key} data-depth={depth(String(cell?.count ?? 0), largest)}>
                        {cell && cell.count > 0 && (
                          <button type="button" className="plain" disabled={region === null} onClick={() => { if (region !== null) setOpened({ region, stage: one.key, title }); }}>
                            <span className="sr-only">{title} </span>
                            <strong className="num">{number(cell.count)}</strong>
                            {cell.red > 0 && <em className="num" title={t('red')}>▲{number(cell.red)}</em>}
                            <small className="num">{cell.amount === null ? '' : shortMoney(cell.amount)}</small>
                          </button>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened && <Deals opened={opened} onClose={() => { setOpened(null); }} />}
      {stage && <Actions stage={stage} onClose={() => { setStage(null); }} />}
    </section>
  );
}

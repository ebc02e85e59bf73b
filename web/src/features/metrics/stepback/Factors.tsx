import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './stepback.module.css';
import { chance, percent, ratioOf, type Behind, type Row, type StepBacks } from './stepBacks';

type Open = (title: string, behind: Behind) => void;
const few = 12;

/** A number, or the share that it makes, that opens the moves behind it. */
export function Count({ value, label, share, onOpen }: { value: number; label: string; share?: string; onOpen: () => void }) {
  return (
    <button type="button" className={css.count} disabled={value === 0} aria-label={`${label} ${share ?? value}`} onClick={onOpen}>
      {share ?? value}
    </button>
  );
}

function FactorLine({ row, onOpen }: { row: Row; onOpen: Open }) {
  const { t } = useTranslation('stepbacks');
  const { ratio, interval } = ratioOf(row);
  const trait = { factor: row.factor, level: row.level };
  const backs = `${row.label} · ${t('backs')}`;
  const moves = `${row.label} · ${t('moves')}`;
  const others = `${row.label} · ${t('otherMoves')}`;
  return (
    <tr data-verdict={row.verdict}>
      <th scope="row">
        <small className="muted">{t(`factor.${row.factor}`)}</small> {row.label}
      </th>
      <td data-label={t('backs')}><Count value={row.backs} label={backs} onOpen={() => { onOpen(backs, { part: 'backs', ...trait }); }} /></td>
      <td data-label={t('moves')}><Count value={row.moves} label={moves} onOpen={() => { onOpen(moves, { part: 'moves', ...trait }); }} /></td>
      <td data-label={t('share')}>{percent(row.share)}</td>
      <td data-label={t('shareElsewhere')}>
        <Count value={row.moves - row.backs} label={others} share={percent(row.share_elsewhere)} onOpen={() => { onOpen(others, { part: 'others', ...trait }); }} />
      </td>
      <td data-label={t('ratio')}>{ratio} <small className="muted">{interval}</small></td>
      <td data-label={t('p')}>{chance(row.p)}</td>
      <td data-label={t('judged')}><span className={css.verdict} data-verdict={row.verdict}>{t(`verdict.${row.verdict}`)}</span></td>
    </tr>
  );
}

/** Every level of every factor, findings first. */
export function Factors({ rows, onOpen }: { rows: Row[]; onOpen: Open }) {
  const { t } = useTranslation('stepbacks');
  const [all, setAll] = useState(false);
  return (
    <section className={css.panel} aria-labelledby="step-back-factors">
      <h2 id="step-back-factors">{t('factors')}</h2>
      <p className="muted">{t('factorsHint')}</p>
      <div className={css.scroll} role="group" aria-label={t('factors')} tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              {['level', 'backs', 'moves', 'share', 'shareElsewhere', 'ratio', 'p', 'judged'].map((key) => (
                <th key={key} scope="col">{t(key)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? rows : rows.slice(0, few)).map((row) => (
              <FactorLine key={`${row.factor} ${row.level}`} row={row} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > few && !all && (
        <button type="button" className={css.more} onClick={() => { setAll(true); }}>
          {t('all', { count: rows.length })}
        </button>
      )}
    </section>
  );
}

/** What would explain the first finding: in words, and what it was held against. */
export function Explanation({ told, onOpen }: { told: NonNullable<StepBacks['explanation']>; onOpen: Open }) {
  const { t } = useTranslation('stepbacks');
  return (
    <section className={css.panel} aria-labelledby="step-back-why">
      <h2 id="step-back-why">{t('why')}</h2>
      <ul className={css.sentences}>
        {told.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {told.rows.length > 0 && (
        <div className={css.scroll} role="group" aria-label={t('why')} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                {['circumstance', 'there', 'shareThere', 'shareOthers', 'ratio', 'p'].map((key) => (
                  <th key={key} scope="col">{t(key)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {told.rows.slice(0, few).map((row) => {
                const { ratio, interval } = ratioOf(row);
                const label = `${row.name} · ${t(`kind.${row.kind}`)}`;
                const others = `${label} · ${t('otherMoves')}`;
                const held = { circumstance: row.kind, key: row.key };
                return (
                  <tr key={`${row.kind} ${row.key}`} data-verdict={row.is_found ? 'finding' : 'none'}>
                    <th scope="row">
                      <small className="muted">{t(`kind.${row.kind}`)}</small> {row.name}
                    </th>
                    <td data-label={t('there')}><Count value={row.there} label={label} onOpen={() => { onOpen(label, held); }} /></td>
                    <td data-label={t('shareThere')}>{percent(row.there, told.of)}</td>
                    <td data-label={t('shareOthers')}>
                      <Count value={row.elsewhere} label={others} share={percent(row.elsewhere, told.others)} onOpen={() => { onOpen(others, { ...held, outside: true }); }} />
                    </td>
                    <td data-label={t('ratio')}>{ratio} <small className="muted">{interval}</small></td>
                    <td data-label={t('p')}>{chance(row.p)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './pilots.module.css';
import { counts, signed, told, usePilot, type PilotRow } from './pilots';

function Cell({ row, side, when }: { row: PilotRow; side: 'pilot' | 'rest'; when: 'before' | 'after' }) {
  const figure = row[side][when];
  return (
    <td>
      {told(row, figure)}
      <small className="muted">{counts(figure)}</small>
    </td>
  );
}

function Verdict({ row }: { row: PilotRow }) {
  const { t } = useTranslation('pilots');
  const points = t('points');
  return (
    <td data-verdict={row.verdict} className={css.verdict}>
      {signed(row, row.change, points)}
      <small>{row.change === null ? t('verdict.too_few') : t('between', { low: signed(row, row.low, points), high: signed(row, row.high, points) })}</small>
      {row.change !== null && <small>{t(`verdict.${row.verdict}`)}</small>}
    </td>
  );
}

/** What a pilot changed: before and since, beside everybody else, with what is sure of it. */
export function Changed({ id, isOfLine }: { id: number; isOfLine: boolean }) {
  const { t } = useTranslation('pilots');
  const name = useName();
  const found = usePilot(id);
  return (
    <Faces query={found} rows={4}>
      {(page) =>
        page.before === null || page.after === null ? (
          <p className="muted">{t('notYet')}</p>
        ) : (
          <>
            <p className="muted">
              {t('spans', { before: `${date(page.before.since)} – ${date(page.before.until)}`, after: `${date(page.after.since)} – ${date(page.after.until)}` })}
            </p>
            <div className={css.scroll} role="region" aria-label={t('compared')} tabIndex={0}>
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('metric')}</th>
                    <th scope="col">{t('pilotBefore')}</th>
                    <th scope="col">{t('pilotAfter')}</th>
                    <th scope="col">{t('restBefore')}</th>
                    <th scope="col">{t('restAfter')}</th>
                    <th scope="col">{t('effect')}</th>
                  </tr>
                </thead>
                <tbody>
                  {page.rows.map((row) => (
                    <tr key={row.metric}>
                      <th scope="row">{name(row.name)}</th>
                      <Cell row={row} side="pilot" when="before" />
                      <Cell row={row} side="pilot" when="after" />
                      <Cell row={row} side="rest" when="before" />
                      <Cell row={row} side="rest" when="after" />
                      <Verdict row={row} />
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="muted">{t(isOfLine ? 'methodLine' : 'method')}</p>
          </>
        )
      }
    </Faces>
  );
}

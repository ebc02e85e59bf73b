import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import { withWords } from '@/ui/i18n';
import { useName } from '@/ui/names';
import { wholePart, type Behind } from '@/features/metrics/figures';
import css from './pilots.module.css';
import { counts, signed, told, useMetrics, usePilot, whereOf, type PilotPage, type PilotRow, type Side, type When } from './pilots';

const ThingsSheet = lazy(() => withWords('metrics', import('@/features/metrics/ThingsSheet')));

const sides = [['pilot', 'before'], ['pilot', 'after'], ['rest', 'before'], ['rest', 'after']] as const;
const heads = { pilot: { before: 'pilotBefore', after: 'pilotAfter' }, rest: { before: 'restBefore', after: 'restAfter' } } as const;

function Cell({ row, side, when, onOpen }: { row: PilotRow; side: Side; when: When; onOpen: (words: string) => void }) {
  const { t } = useTranslation('pilots');
  const name = useName();
  const figure = row[side][when];
  const words = `${name(row.name)} · ${t(heads[side][when])}`;
  const isNone = Number(figure.denominator ?? figure.numerator) === 0;
  return (
    <td>
      {told(row, figure)}
      {isNone ? (
        <small className="muted">{counts(figure)}</small>
      ) : (
        <button type="button" className={css.behind} aria-label={t('open', { what: words })} onClick={() => { onOpen(words); }}>
          {counts(figure) || t('records')}
        </button>
      )}
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
  const metrics = useMetrics();
  const [behind, setBehind] = useState<Behind | null>(null);
  const opened = metrics.data?.items.find((one) => one.key === behind?.metric);
  const open = (row: PilotRow, side: Side, when: When, title: string, page: PilotPage) => {
    const metric = metrics.data?.items.find((one) => one.key === row.metric);
    const where = whereOf(page, side, when);
    if (metric && where) setBehind({ metric: metric.key, title, part: wholePart(metric), where });
  };
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
                    <th scope="col">{t('effect')}</th>
                    {sides.map(([side, when]) => (
                      <th key={side + when} scope="col">{t(heads[side][when])}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {page.rows.map((row) => (
                    <tr key={row.metric}>
                      <th scope="row">{name(row.name)}</th>
                      <Verdict row={row} />
                      {sides.map(([side, when]) => (
                        <Cell key={side + when} row={row} side={side} when={when} onOpen={(title) => { open(row, side, when, title, page); }} />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <p className="muted">{t(isOfLine ? 'methodLine' : 'method')}</p>
            <Suspense fallback={null}>{behind && opened && <ThingsSheet metric={opened} behind={behind} onClose={() => { setBehind(null); }} />}</Suspense>
          </>
        )
      }
    </Faces>
  );
}

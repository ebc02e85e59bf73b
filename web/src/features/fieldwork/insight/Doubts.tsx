import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DoubtCounts } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useDoubts, type Period } from './insight';
import css from './insight.module.css';

type Sum = { id: number; name: string; open: number; accepted: number; confirmed: number };

function byPerson(rows: DoubtCounts[]): Sum[] {
  const held = new Map<number, Sum>();
  for (const row of rows) {
    const sum = held.get(row.person.id) ?? { ...row.person, open: 0, accepted: 0, confirmed: 0 };
    held.set(row.person.id, { ...sum, open: sum.open + row.open, accepted: sum.accepted + row.accepted, confirmed: sum.confirmed + row.confirmed });
  }
  return [...held.values()].sort((one, other) => other.open - one.open || one.id - other.id);
}

/** What is doubtful, by person; false times, and many customers within minutes. */
export function Doubts({ period }: { period: Period }) {
  const { t } = useTranslation('insight');
  const address = useAddress();
  const isTimes = address.get('times') === '1';
  const doubts = useDoubts({ ...period, times: isTimes || undefined });
  return (
    <Faces query={doubts} rows={8} isEmpty={(found) => found.people.length === 0 && found.bursts.length === 0} empty={<Empty title={t('doubts.none')} />}>
      {(found) => (
        <>
          <ul className={css.people}>
            {byPerson(found.people).map((sum) => (
              <li key={sum.id}>
                <strong>{sum.name}</strong>
                <span>{t('doubts.counts', { open: sum.open, accepted: sum.accepted, confirmed: sum.confirmed })}</span>
              </li>
            ))}
          </ul>
          <label className={css.only}>
            <input type="checkbox" checked={isTimes} onChange={(event) => { address.set({ times: event.target.checked ? '1' : null }); }} />
            {t('doubts.onlyTimes')}
          </label>
          {found.bursts.length > 0 && (
            <section className={css.card} aria-label={t('doubts.bursts')}>
              <h2>{t('doubts.bursts')}</h2>
              <ul className={css.rows}>
                {found.bursts.map((burst) => (
                  <li key={burst.followup_id} className={css.row} data-tone="bad">
                    <span className={css.grow}>
                      <Link to={`/followups/${String(burst.followup_id)}`}>{t('doubts.burst', { name: burst.person.name, count: burst.customers })}</Link>
                      <small>{dateTime(burst.at)}</small>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section className={css.card} aria-label={t('doubts.list')}>
            <h2>{t('doubts.list')}</h2>
            <ul className={css.rows}>
              {found.items.map((row) => (
                <li key={`${String(row.followup_id)}-${row.kind}`} className={css.row} data-tone={row.verdict === 'accepted' ? 'ok' : 'bad'}>
                  <span className={css.grow}>
                    <Link to={`/followups/${String(row.followup_id)}`}>{row.text}</Link>
                    <small>{[row.author.name, row.record.title, dateTime(row.at), row.note].filter(Boolean).join(' · ')}</small>
                  </span>
                  <span className={css.mark}>{t(`doubts.verdict.${row.verdict}`)}</span>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Faces>
  );
}

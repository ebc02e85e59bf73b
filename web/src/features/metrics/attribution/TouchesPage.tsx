import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { date, dateTime } from '@/ui/format';
import { ClosedDeals } from './ClosedDeals';
import css from './touches.module.css';
import { told, useTouchDeals, useTouches, type Behind, type Period, type Share, type Touch } from './touches';

const spans = [30, 90, 180, 365];

type Open = (title: string, behind: Behind) => void;

function Count({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  return (
    <button type="button" className={css.count} disabled={value === 0} aria-label={`${label} ${value}`} onClick={onOpen}>
      {value}
    </button>
  );
}

/** A share with its bar and interval; of too few cases it says so. */
function ShareCell({ share }: { share: Share }) {
  const { t } = useTranslation('touches');
  const shown = told(share);
  if (!shown) return <td className="muted">{share.of === 0 ? '—' : t('tooFew')}</td>;
  return (
    <td>
      {shown.share} <small className="muted">{shown.interval}</small>
      <span className={css.bar} aria-hidden="true">
        <i style={{ width: `${100 * (share.value ?? 0)}%` }} />
        <b style={{ left: `${100 * (share.low ?? 0)}%`, right: `${100 * (1 - (share.high ?? 0))}%` }} />
      </span>
    </td>
  );
}

function TouchLine({ row, onOpen }: { row: Touch; onOpen: Open }) {
  const { t } = useTranslation('touches');
  const name = t(row.number === 0 ? 'none' : row.is_more ? 'orMore' : 'nth', { number: row.number });
  return (
    <tr>
      <th scope="row">{name}</th>
      {(['won', 'lost'] as const).map((outcome) => {
        const label = `${name} · ${t(outcome)}`;
        return (
          <td key={outcome}>
            <Count value={row[outcome]} label={label} onOpen={() => { onOpen(label, { number: row.number, outcome }); }} />
          </td>
        );
      })}
      <ShareCell share={row.traced} />
      <ShareCell share={row.won_share} />
    </tr>
  );
}

function Deals({ title, period, behind, onClose }: { title: string; period: Period; behind: Behind; onClose: () => void }) {
  return <ClosedDeals title={title} list={useTouchDeals(period, behind)} onClose={onClose} />;
}

/** Which effective contact came before the wins, against lost deals with as many. */
export default function TouchesPage() {
  const { t } = useTranslation('touches');
  const address = useAddress();
  const [now] = useState(() => Date.now());
  const days = Number(address.get('days')) || 365;
  const unit = Number(address.get('unit')) || undefined;
  const since = days === 365 ? undefined : new Date(now - days * 86_400_000).toISOString().slice(0, 10);
  const period: Period = { since, unit };
  const found = useTouches(period);
  const [shown, setShown] = useState<{ title: string; behind: Behind } | null>(null);
  const open: Open = (title, behind) => { setShown({ title, behind }); };
  return (
    <div className="page">
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <Link to="/attribution">{t('layers')}</Link>
        <div className={css.filters}>
          <Select
            aria-label={t('period')}
            value={days}
            options={spans.map((span) => ({ value: span, label: t('days', { count: span }) }))}
            onChange={(span: number) => { address.set({ days: span === 365 ? null : String(span) }); }}
            className={css.choice}
          />
          <UnitChooser value={unit ?? null} onChange={(id) => { address.set({ unit: id === null ? null : String(id) }); }} />
        </div>
      </div>
      <Faces query={found} rows={8} isEmpty={(data) => data.rows.length === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => (
          <section className={css.panel} aria-label={t('title')}>
            {data.findings.map((sentence) => (
              <p key={sentence} className={css.finding}>{sentence}</p>
            ))}
            <p className="muted">
              {t('counts', { won: data.won, lost: data.lost, since: date(data.since), until: date(data.until), asOf: dateTime(data.as_of), enough: data.enough })}
            </p>
            <div className={css.scroll} role="group" aria-label={t('title')} tabIndex={0}>
              <table className={css.table}>
                <thead>
                  <tr>
                    {['last_contact', 'won', 'lost', 'traced', 'wonShare'].map((key) => (
                      <th key={key} scope="col">{t(key)}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((row) => (
                    <TouchLine key={row.number} row={row} onOpen={open} />
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
      </Faces>
      {shown && <Deals {...shown} period={period} onClose={() => { setShown(null); }} />}
    </div>
  );
}

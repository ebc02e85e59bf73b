import { Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordPath, useAddress } from '@/features/records/address';
import { Empty, Faces, Loading } from '@/ui/faces';
import { date, dateTime } from '@/ui/format';
import { Count, Explanation, Factors } from './Factors';
import { Moves } from './Moves';
import { UnitChooser } from '@/features/metrics/UnitChooser';
import css from './stepback.module.css';
import { useStepBacks, type Behind, type Period, type StepBacks } from './stepBacks';

const HourMap = lazy(() => import('./HourMap'));
const spans = [30, 90, 180, 365];

function dayBefore(now: number, days: number): string {
  return new Date(now - days * 86_400_000).toISOString().slice(0, 10);
}

type Open = (title: string, behind: Behind) => void;

function Flapping({ deals, onOpen }: { deals: StepBacks['flapping']; onOpen: Open }) {
  const { t } = useTranslation('stepbacks');
  return (
    <section className={css.panel} aria-labelledby="flapping">
      <h2 id="flapping">{t('flapping')}</h2>
      <p className="muted">{t('flappingHint')}</p>
      {deals.length === 0 ? (
        <p className="muted">{t('noFlapping')}</p>
      ) : (
        <ul className={css.moves}>
          {deals.map((deal) => (
            <li key={deal.record.id}>
              <Link to={recordPath(deal.record.type, deal.record.id)}>{deal.record.title}</Link>
              <span>
                {t('changed')} <Count value={deal.changes} label={deal.record.title} onOpen={() => { onOpen(deal.record.title, { deal: deal.record.id }); }} />{' '}
                {t('changedBack', { count: deal.backs })}
              </span>
              <small className="muted">{[`${dateTime(deal.first)} – ${dateTime(deal.last)}`, deal.owner?.name, deal.unit].filter(Boolean).join(' · ')}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Found({ found, onOpen }: { found: StepBacks; onOpen: Open }) {
  const { t } = useTranslation('stepbacks');
  const [first, ...rest] = found.findings;
  return (
    <div className={css.page}>
      <section className={css.panel} aria-labelledby="step-back-findings">
        <h2 id="step-back-findings">{t('findings')}</h2>
        <p className={css.first} data-found={found.rows[0]?.verdict === 'finding'}>{first}</p>
        <ul className={css.sentences}>
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="muted">
          {t('counts.before')} <Count value={found.backs} label={t('backs')} onOpen={() => { onOpen(t('backs'), { part: 'backs' }); }} />{' '}
          {t('counts.among')} <Count value={found.moves} label={t('moves')} onOpen={() => { onOpen(t('moves'), { part: 'moves' }); }} />{' '}
          {t('counts.after', { deals: found.deals, since: date(found.since), until: date(found.until), asOf: dateTime(found.as_of) })}
          {found.is_cut && ` ${t('cut')}`}
        </p>
      </section>
      {found.backs > 0 && (
        <section className={css.panel} aria-labelledby="step-back-hours">
          <h2 id="step-back-hours">{t('hours')}</h2>
          <p className="muted">{t('hoursHint', { zone: found.zone })}</p>
          <Suspense fallback={<Loading rows={5} />}>
            <HourMap
              label={t('hours')}
              hours={found.hours}
              onOpen={({ weekday, hour }) => {
                onOpen(`${t(`weekday.${weekday}`)} ${hour}:00`, { part: 'backs', factor: 'weekday_hour', level: `${weekday}-${hour}` });
              }}
            />
          </Suspense>
        </section>
      )}
      {found.explanation && <Explanation told={found.explanation} onOpen={onOpen} />}
      <Flapping deals={found.flapping} onOpen={onOpen} />
      {found.rows.length > 0 && <Factors rows={found.rows} onOpen={onOpen} />}
    </div>
  );
}

/** Where step-backs pile up, how sure that is, and what would explain it. */
export default function StepBacksPage() {
  const { t } = useTranslation('stepbacks');
  const address = useAddress();
  const days = Number(address.get('days')) || 365;
  const unit = Number(address.get('unit')) || undefined;
  const [now] = useState(() => Date.now());
  const period: Period = { since: days === 365 ? undefined : dayBefore(now, days), unit };
  const found = useStepBacks(period);
  const [shown, setShown] = useState<{ title: string; behind: Behind } | null>(null);
  return (
    <div className="page">
      <div className={css.head}>
        <h1>{t('title')}</h1>
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
      <Faces query={found} rows={8} isEmpty={(data) => data.moves === 0} empty={<Empty title={t('empty')} hint={t('emptyHint')} />}>
        {(data) => <Found found={data} onOpen={(title, behind) => { setShown({ title, behind }); }} />}
      </Faces>
      {shown && <Moves {...shown} period={period} onClose={() => { setShown(null); }} />}
    </div>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StalledRow } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { ago, dateTime, dayOf } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useCustomerInsight, useStalled } from './insight';
import css from './insight.module.css';

function CustomerSheet({ row, onClose }: { row: StalledRow; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const name = useName();
  const insight = useCustomerInsight(row.customer_id);
  return (
    <Sheet title={row.record.title} onClose={onClose} size={640}>
      <Faces query={insight} rows={8}>
        {(found) => (
          <div className={css.sheet}>
            <Link to={recordPath(found.customer.type, found.customer.id)}>{found.customer.title}</Link>
            <h2>{t('stalled.last')}</h2>
            {found.contacts.length === 0 ? (
              <Empty title={t('stalled.noContact')} />
            ) : (
              <ol className={css.rows}>
                {found.contacts.map((made) => (
                  <li key={made.followup_id} className={css.row} data-tone={made.ending === 'moved' || made.ending === 'kept' ? 'ok' : 'bad'}>
                    <span className={css.grow}>
                      <Link to={`/followups/${String(made.followup_id)}`}>{made.text || t('texts.empty')}</Link>
                      <small>{[dateTime(made.at), made.author.name, made.contact?.name].filter(Boolean).join(' · ')}</small>
                      <small>
                        {made.objections.length > 0
                          ? t('stalled.objections', { names: made.objections.map((one) => name(one.name)).join('、') })
                          : t('stalled.noObjection')}
                      </small>
                    </span>
                    <span className={css.mark}>{t(`stalled.ending.${made.ending}`)}</span>
                  </li>
                ))}
              </ol>
            )}
            <h2>{t('stalled.technical')}</h2>
            {found.technical.people.length === 0 ? (
              <p className="muted">{t('stalled.noTechnical')}</p>
            ) : (
              <>
                <p>
                  {found.technical.people.map((one) => one.name).join('、')} · {t(`stalled.trend.${found.technical.trend}`)} ·{' '}
                  {t('stalled.frequency', { recent: found.technical.recent, before: found.technical.before })}
                  {found.technical.last_at && ` · ${t('stalled.lastAt', { at: dayOf(found.technical.last_at) })}`}
                </p>
                <ul className={css.weeks}>
                  {found.technical.weeks.map((week) => (
                    <li key={week.week}>
                      {dayOf(week.week)} <strong>{week.count}</strong>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </Faces>
    </Sheet>
  );
}

/** Records with high intent that stand still, and what their last contacts tell. */
export function Stalled() {
  const { t } = useTranslation('insight');
  const name = useName();
  const stalled = useStalled();
  const [opened, setOpened] = useState<StalledRow | null>(null);
  return (
    <Faces query={stalled} rows={8} isEmpty={(found) => found.items.length === 0} empty={<Empty title={t('stalled.none')} />}>
      {(found) => (
        <>
          <ul className={css.rows}>
            {found.items.map((row) => (
              <li key={`${String(row.record.id)}-${row.red_since}`} className={css.row} data-tone="bad">
                <span className={css.grow}>
                  <button type="button" className={css.link} onClick={() => { setOpened(row); }}>
                    {row.record.title}
                  </button>
                  <small>{[name(row.policy), row.owner?.name].filter(Boolean).join(' · ')}</small>
                </span>
                <span className={css.mark}>{t('stalled.red', { ago: ago(row.red_since) })}</span>
              </li>
            ))}
          </ul>
          {opened && <CustomerSheet row={opened} onClose={() => { setOpened(null); }} />}
        </>
      )}
    </Faces>
  );
}

import { useTranslation } from 'react-i18next';
import type { PoolEntry, PoolRow } from '@/api/types';
import { FieldValue } from '@/features/fields/FieldValue';
import { useType } from '@/features/records/meta';
import { ClockBadge } from '@/features/sla/ClockBadge';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { ClaimButton } from './ClaimButton';
import css from './Pool.module.css';
import { asRecord, fieldsOf } from './entry';

type Props = { pool: PoolRow; entries: PoolEntry[]; onOpen: (entry: PoolEntry) => void };

/** The same as cards, for one thumb: what it is, and a wide button. */
export function PoolCards({ pool, entries, onOpen }: Props) {
  const { t } = useTranslation('pool');
  const name = useName();
  const fields = fieldsOf(pool, useType(pool.record_type));
  return (
    <ul className={css.cards} aria-label={name(pool.name)}>
      {entries.map((entry) => (
        <li key={entry.record_id} className={css.card}>
          <button type="button" className={css.cardTitle} onClick={() => { onOpen(entry); }}>
            {entry.title}
            <small className="muted">{ago(entry.entered_at)}</small>
          </button>
          {entry.clock && (
            <div>
              <ClockBadge clock={entry.clock} named />
            </div>
          )}
          <dl className={css.facts}>
            {fields
              .filter((field) => entry.values[field.key] !== null && entry.values[field.key] !== undefined)
              .slice(0, 5)
              .map((field) => (
                <div key={field.key}>
                  <dt>{name(field.name)}</dt>
                  <dd>
                    <FieldValue field={field} record={asRecord(entry)} plain />
                  </dd>
                </div>
              ))}
          </dl>
          <p className="muted">{entry.from_owner ? t('whyFrom', { why: entry.why, name: entry.from_owner.name }) : entry.why}</p>
          <ClaimButton pool={pool} entry={entry} block />
        </li>
      ))}
    </ul>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CustomerChoice, FollowUpOptions } from '@/api/types';
import { useName } from '@/ui/names';
import type { Item } from '@/phone/outbox/items';
import phone from '@/phone/phone.module.css';
import css from './capture.module.css';

type Props = { item: Item; options: FollowUpOptions; customer: CustomerChoice | undefined; write: (change: Partial<Item>) => void };

/** Whom it is about, how they were met, and which deal and contact it concerns. */
export function About({ item, options, customer, write }: Props) {
  const { t } = useTranslation('followups');
  const name = useName();
  const isTold = item.server !== null;
  const own = customer ? [{ type: 'customer', id: customer.id, title: customer.name, stage: null }, ...customer.subjects] : [];
  const person = customer?.contacts.find((one) => one.id === item.contact_id);
  const chosen = `${item.record.type}:${item.record.id}`;
  return (
    <section className={css.about}>
      <div className={css.whom}>
        <h1 className={phone.title}>{item.customer?.name ?? item.record.title}</h1>
        {!isTold && <Link to={`/followup?for=${item.client_id}`}>{t('change')}</Link>}
      </div>
      <details className={css.more}>
        <summary>{[name(options.kinds.find((one) => one.key === item.kind)?.name), item.record.type !== 'customer' && item.record.title, person?.name].filter(Boolean).join(' · ')}</summary>
        <label className={css.line}>
          {t('kind')}
          <select value={item.kind} onChange={(event) => { write({ kind: event.target.value }); }}>
            {options.kinds.map((one) => (
              <option key={one.key} value={one.key}>
                {name(one.name)}
              </option>
            ))}
          </select>
        </label>
        {own.length > 1 && !isTold && (
          <label className={css.line}>
            {t('subject')}
            <select
              value={chosen}
              onChange={(event) => {
                const found = own.find((one) => `${one.type}:${one.id}` === event.target.value);
                if (found) write({ record: { type: found.type, id: found.id, title: found.title }, stage: found.stage });
              }}
            >
              {own.map((one) => (
                <option key={`${one.type}:${one.id}`} value={`${one.type}:${one.id}`}>
                  {one.type === 'customer' ? t('customerItself') : one.title}
                </option>
              ))}
            </select>
          </label>
        )}
        {customer && customer.contacts.length > 0 && (
          <label className={css.line}>
            {t('contact')}
            <select value={item.contact_id ?? ''} onChange={(event) => { write({ contact_id: Number(event.target.value) || null }); }}>
              <option value="">{t('noContact')}</option>
              {customer.contacts.map((one) => (
                <option key={one.id} value={one.id}>
                  {[one.name, one.title].filter(Boolean).join(' · ')}
                </option>
              ))}
            </select>
          </label>
        )}
      </details>
    </section>
  );
}

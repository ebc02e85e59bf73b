import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useCustomersAround, useOptions, useOwnCustomers } from '@/features/fieldwork/followups';
import { isNamed } from '@/features/fieldwork/initials';
import { distance_m, type Place } from '@/features/fieldwork/places';
import { useMe } from '@/features/identity/session';
import { usePurposeNotice } from '@/features/privacy/usePurposeNotice';
import type { CustomerChoice } from '@/api/types';
import { Empty, Failure, Loading } from '@/ui/faces';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import phone from '@/phone/phone.module.css';
import { outboxOf } from '@/phone/outbox/outbox';
import { beginFollowUp, type Target } from './begin';
import css from './capture.module.css';
import { useWhereabouts } from './whereabouts';

type Row = { customer: CustomerChoice; away_m: number | null };

/** The customers that fit, the nearest first; those without a known place keep their order. */
function nearestFirst(customers: readonly CustomerChoice[], here: Place | null): Row[] {
  const rows = customers.map((customer) => ({
    customer,
    away_m: here && customer.place ? distance_m(here, customer.place) : null,
  }));
  return rows.sort((one, other) => (one.away_m ?? Infinity) - (other.away_m ?? Infinity) || 0);
}

/** What is followed up by default: the customer's open deal, where there is one. */
function targetOf(customer: CustomerChoice): Target {
  const subject = customer.subjects.find((one) => one.type === 'deal') ?? customer.subjects[0];
  const own = { type: 'customer', id: customer.id, title: customer.name };
  return {
    record: subject ? { type: subject.type, id: subject.id, title: subject.title } : own,
    stage: subject?.stage ?? null,
    customer: { id: customer.id, name: customer.name },
  };
}

function away(metres: number): string {
  return metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** Whom: nearby first, found by two characters or the first letters of the pinyin, also without network. */
export default function WhoPage() {
  const { t } = useTranslation('followups');
  const name = useName();
  const me = useMe();
  const go = useNavigate();
  const [params] = useSearchParams();
  const mended = params.get('for');
  const [kind, setKind] = useState('visit');
  const [text, setText] = useState('');
  const { ask, notice } = usePurposeNotice('phone');
  const { locating, locate } = useWhereabouts({ isWanted: true, ask });
  const here = locating.state === 'found' ? locating.fix : null;
  const options = useOptions();
  const own = useOwnCustomers();
  const around = useCustomersAround(here, useRested(text.trim()));
  const known = own.data ?? [];
  const others = (around.data ?? []).filter((one) => !known.some((mine) => mine.id === one.id));
  const rows = nearestFirst([...known, ...others].filter((one) => isNamed(one.name, text) || others.includes(one)), here);

  const choose = async (customer: CustomerChoice) => {
    const target = targetOf(customer);
    if (mended) await outboxOf(me.id).write(mended, { ...target, contact_id: null });
    const id = mended ?? (await beginFollowUp(me.id, target, kind));
    await go(`/followup/${id}`, { replace: true });
  };

  return (
    <>
      {notice}
      <h1 className={phone.title}>{t('who.title')}</h1>
      {!mended && options.data && (
        <div className={phone.types} role="group" aria-label={t('kind')}>
          {options.data.kinds.map((one) => (
            <button key={one.key} type="button" aria-pressed={one.key === kind} onClick={() => { setKind(one.key); }}>
              {name(one.name)}
            </button>
          ))}
        </div>
      )}
      <input type="search" className={css.search} value={text} aria-label={t('who.search')} placeholder={t('who.search')} onChange={(event) => { setText(event.target.value); }} />
      <p className={css.near} role="status">
        {t(`who.near.${locating.state === 'failed' ? locating.reason : locating.state}`)}
        {locating.state === 'failed' && (
          <button type="button" onClick={() => void locate()}>
            {t('retry', { ns: 'ui' })}
          </button>
        )}
      </p>
      {!own.data && own.error && <Failure error={own.error} retry={() => void own.refetch()} />}
      {!own.data && !own.error && <Loading rows={6} />}
      {own.data && rows.length === 0 && <Empty title={t('who.none')} hint={t('who.noneHint')} />}
      <ul className={phone.cards}>
        {rows.slice(0, 50).map(({ customer, away_m }) => (
          <li key={customer.id}>
            <button type="button" className={css.customer} onClick={() => void choose(customer)}>
              <strong>{customer.name}</strong>
              {away_m !== null && <span className={css.away}>{away(away_m)}</span>}
              <small>{[customer.address, customer.last_followup_at ? t('who.last', { ago: ago(customer.last_followup_at) }) : t('who.never')].filter(Boolean).join(' · ')}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

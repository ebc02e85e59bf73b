import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { SupportCase } from '@/api/types';
import { useSearch } from '@/features/records/search';
import { useName } from '@/ui/names';
import { useOpenCase, useOwner, useSupportOptions } from './queries';
import css from './support.module.css';

type About = { id: number; title: string };
type Props = { about?: About; via: 'screen' | 'phone'; onDone: (found: SupportCase) => void };

/** Asks for help: which problem, with which customer, and who will be asked. */
export function CaseForm({ about, via, onDone }: Props) {
  const { t } = useTranslation('support');
  const name = useName();
  const options = useSupportOptions();
  const open = useOpenCase();
  const [clientId] = useState(newKey);
  const [kind, setKind] = useState('');
  const [what, setWhat] = useState('');
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<About | null>(about ?? null);
  const hits = useSearch(picked ? '' : text, 'customer', 6).data ?? [];
  const owner = useOwner(kind, picked ? { record_id: picked.id } : {}).data;
  const problem = problemOf(open.error);
  // Words that name nobody would be dropped in silence: choose somebody, or empty the field.
  const isUnpicked = !picked && text.trim() !== '';
  return (
    <form
      className={css.form}
      aria-label={t('new')}
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate({ kind, what, via, record_id: picked?.id ?? null, client_id: clientId }, { onSuccess: onDone });
      }}
    >
      <fieldset className={css.chips} aria-label={t('kind')}>
        {options.data?.kinds.map((one) => (
          <button key={one.key} type="button" aria-pressed={one.key === kind} onClick={() => { setKind(one.key); }}>
            {name(one.name)}
          </button>
        ))}
      </fieldset>
      <label>
        {t('what')}
        <textarea rows={3} maxLength={500} required value={what} onChange={(event) => { setWhat(event.target.value); }} />
      </label>
      {!about && (
        <div className={css.field}>
          <label>
            {t('customer')}
            <input type="search" placeholder={t('customerHint')} value={picked?.title ?? text} onChange={(event) => { setPicked(null); setText(event.target.value); }} />
          </label>
          {!picked && hits.length > 0 && (
            <div className={css.chips}>
              {hits.map((hit) => (
                <button key={hit.id} type="button" onClick={() => { setPicked({ id: hit.id, title: hit.title }); }}>
                  {hit.title}
                </button>
              ))}
            </div>
          )}
          {isUnpicked && <small className="muted">{t('pickCustomer')}</small>}
        </div>
      )}
      {owner && (
        <p className="muted" role="status">
          {owner.owner ? t('willAsk', { name: owner.owner.name }) : t('nobody')} {owner.why}
        </p>
      )}
      {problem && (
        <p className={css.bad} role="alert">
          {problem.errors?.[0]?.message ?? problem.message}
        </p>
      )}
      <div className={css.actions}>
        <button type="submit" data-primary disabled={!kind || !what.trim() || isUnpicked || open.isPending}>
          {t('ask')}
        </button>
      </div>
    </form>
  );
}

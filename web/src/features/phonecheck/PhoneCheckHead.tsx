import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneCheck } from '@/api/types';
import { recordPath, useAddress } from '@/features/records/address';
import { useRecord } from '@/features/records/queries';
import { CheckBody } from './CheckBody';
import { isNews, usePhoneCheck } from './phonecheck';
import { WeComPerson } from './WeComPerson';
import css from './phonecheck.module.css';

function PopUp({ check, onCorrect, onClose }: { check: PhoneCheck; onCorrect: () => void; onClose: () => void }) {
  const { t } = useTranslation('phonecheck');
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog ref={box} className={css.popUp} aria-labelledby="phone-check-title" onClose={onClose}>
      <h2 id="phone-check-title">{t('popUp.title')}</h2>
      <p>{t('popUp.text', { name: check.contact.title, phone: check.phone })}</p>
      <CheckBody check={check} onCorrect={onCorrect} onDone={onClose} />
      <div className={css.foot}>
        <button type="button" className={css.button} onClick={onClose}>
          {t('popUp.later')}
        </button>
      </div>
    </dialog>
  );
}

function Loaded({ check }: { check: PhoneCheck }) {
  const { t } = useTranslation('phonecheck');
  const address = useAddress();
  const [isPopped, setPopped] = useState(() => check.state === 'open' && check.may_decide && isNews(check));
  const correct = () => {
    setPopped(false);
    // On the phone's pages nothing but the full page edits a field.
    if (location.pathname.startsWith('/m/')) location.assign(`${recordPath('contact', check.contact.id)}?tab=details&focus=field:phone`);
    else address.set({ tab: 'details', focus: 'field:phone' });
  };
  return (
    <section className={css.head} data-state={check.state} aria-label={t('title')}>
      <p className={css.state}>
        <b>{t('title')}</b> <span className={css.tag} data-state={check.state}>{t(`states.${check.state}`)}</span>
      </p>
      <CheckBody check={check} onCorrect={correct} />
      <WeComPerson check={check} />
      {isPopped && <PopUp check={check} onCorrect={correct} onClose={() => { setPopped(false); }} />}
    </section>
  );
}

/** What two sources say of a contact's phone; a mismatch that is new pops up. Nothing while no source is on. */
export default function PhoneCheckHead({ type, id }: { type: string; id: number }) {
  const version = useRecord(type, id).data?.version ?? 0;
  const check = usePhoneCheck(id, version).data;
  if (!check?.is_on || check.state === 'none') return null;
  return <Loaded key={check.checked_at} check={check} />;
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PhoneCheck } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import { useLink, useWeComPeople } from './phonecheck';
import css from './phonecheck.module.css';

function Choice({ id, onDone }: { id: number; onDone: () => void }) {
  const { t } = useTranslation('phonecheck');
  const say = useToast();
  const [q, setQ] = useState('');
  const people = useWeComPeople(id, q.trim());
  const link = useLink(id);
  return (
    <div className={css.choice}>
      <input className={css.input} type="search" aria-label={t('wecom.search')} placeholder={t('wecom.search')} value={q} maxLength={100} onChange={(event) => { setQ(event.target.value); }} />
      <Faces query={people} rows={2} isEmpty={(rows) => rows.length === 0} empty={<p className="muted">{t('wecom.nobody')}</p>}>
        {(rows) => (
          <ul className={css.people}>
            {rows.map((one) => (
              <li key={one.external_id}>
                <button
                  type="button"
                  className={css.button}
                  disabled={link.isPending}
                  onClick={() => {
                    link.mutate(one.external_id, { onSuccess: onDone, onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); } });
                  }}
                >
                  {one.name} {one.company && <small>{one.company}</small>} {one.numbers.length > 0 && <small>{one.numbers.join(' · ')}</small>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Faces>
    </div>
  );
}

/** Who the contact is in WeCom, with the way to say so. */
export function WeComPerson({ check }: { check: PhoneCheck }) {
  const { t } = useTranslation('phonecheck');
  const [isChoosing, setChoosing] = useState(false);
  const link = useLink(check.contact.id);
  if (!check.sources.some((one) => one.source === 'wecom')) return null;
  const { wecom } = check;
  const names = wecom?.followers ?? [];
  const linked = wecom && (
    <>
      {wecom.name ? t('wecom.is', { name: wecom.name, company: wecom.company ? `（${wecom.company}）` : '' }) : t('wecom.linked')}
      {names.length > 0 && ` · ${t('wecom.has', { names: names.join('、') })}`}
      {wecom.others > 0 && ` · ${t('wecom.others', { count: wecom.others })}`}
      {` · ${t(`wecom.how.${wecom.how}`)}`}
    </>
  );
  if (!wecom && !check.may_decide) return null;
  return (
    <div className={css.wecom}>
      {linked && <span>{linked}</span>}
      {check.may_decide && (
        <button type="button" className={css.link} aria-expanded={isChoosing} onClick={() => { setChoosing(!isChoosing); }}>
          {t(wecom ? 'wecom.change' : 'wecom.choose')}
        </button>
      )}
      {check.may_decide && wecom && (
        <button type="button" className={css.link} disabled={link.isPending} onClick={() => { link.mutate(null); }}>
          {t('wecom.unlink')}
        </button>
      )}
      {isChoosing && <Choice id={check.contact.id} onDone={() => { setChoosing(false); }} />}
    </div>
  );
}

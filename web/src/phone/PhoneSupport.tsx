import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useAddress } from '@/features/records/address';
import { CaseForm } from '@/features/support/CaseForm';
import { CaseList } from '@/features/support/CaseList';
import { CaseView } from '@/features/support/CaseView';
import { useOpenedBox } from '@/features/support/opened';
import { Loading } from '@/ui/faces';
import { Tabs } from '@/ui/Tabs';
import css from './phone.module.css';

const boxes = ['mine', 'asked', 'team'] as const;

/** Support cases: to answer, asked, the team's; one's own words for a new one. */
export default function PhoneSupport() {
  const { t } = useTranslation('support');
  const go = useNavigate();
  const address = useAddress();
  const [isAsking, setAsking] = useState(false);
  const box = useOpenedBox(boxes);
  return (
    <>
      <h1 className={css.title}>{t('title')}</h1>
      <button type="button" className={isAsking ? css.plain : css.primary} onClick={() => { setAsking(!isAsking); }}>
        {isAsking ? t('cancel', { ns: 'ui' }) : t('new')}
      </button>
      {isAsking && (
        <section className={css.panel}>
          <CaseForm via="phone" onDone={(found) => void go(`/support/${found.id}`)} />
        </section>
      )}
      <Tabs label={t('title')} tabs={boxes.map((key) => ({ key, label: t(`box.${key}`) }))} value={box ?? ''} onChange={(key) => { address.set({ box: key }); }} />
      {box === null ? (
        <Loading rows={5} />
      ) : (
        <section className={css.panel} aria-label={t(`box.${box}`)}>
          <CaseList query={{ box, state: 'ongoing' }} />
        </section>
      )}
    </>
  );
}

/** One case, as its notice opens it. */
export function PhoneSupportCase() {
  const { t } = useTranslation('support');
  const { id } = useParams();
  return (
    <>
      <Link to="/support" className={css.back}>
        ← {t('title')}
      </Link>
      <CaseView id={Number(id)} />
    </>
  );
}

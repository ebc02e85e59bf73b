import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PhoneCheck } from '@/api/types';
import { useMe } from '@/features/identity/session';
import { recordPath, useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Tabs } from '@/ui/Tabs';
import { CheckBody } from './CheckBody';
import { states, usePhoneChecks, type State } from './phonecheck';
import css from './phonecheck.module.css';

function Card({ check }: { check: PhoneCheck }) {
  const { t } = useTranslation('phonecheck');
  return (
    <li className={css.card}>
      <p className={css.line}>
        <Link to={recordPath('contact', check.contact.id)}>{check.contact.title}</Link>
        <b>{check.phone}</b>
        {check.customer && <Link to={recordPath('customer', check.customer.id)}>{check.customer.title}</Link>}
        {check.owner && <span>{t('owner', { name: check.owner.name })}</span>}
        {check.checked_at && <span className="muted">{t('checkedAt', { at: dateTime(check.checked_at) })}</span>}
      </p>
      <CheckBody check={check} />
    </li>
  );
}

/** Contacts whose phone a source contradicts, and the others, as far as one may see them. */
export default function PhoneChecksPage() {
  const { t } = useTranslation('phonecheck');
  const me = useMe();
  const address = useAddress();
  const state: State = states.find((one) => one === address.get('state')) ?? 'open';
  const list = usePhoneChecks(state);
  const counts = list.data?.pages[0]?.counts;
  const manages = me.is_admin || me.admin.includes('integrations.manage');
  return (
    <div className={css.page}>
      <div className={css.top}>
        <h1>{t('title')}</h1>
        {manages && <Link to="/admin/phone-check">{t('settings.title')}</Link>}
      </div>
      <p className="muted">{t('hint')}</p>
      <Tabs
        label={t('title')}
        value={state}
        onChange={(one) => { address.set({ state: one }); }}
        tabs={states.map((one) => ({ key: one, label: counts ? `${t(`states.${one}`)} ${counts[one] ?? 0}` : t(`states.${one}`) }))}
      />
      <Faces query={list} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('none')} hint={t(state === 'open' ? 'noneHint' : 'noneOther')} />}>
        {(pages) => (
          <>
            <ul className={css.list}>{pages.pages.flatMap((page) => page.items).map((one) => <Card key={one.contact.id} check={one} />)}</ul>
            {list.hasNextPage && (
              <button type="button" className={css.button} onClick={() => { void list.fetchNextPage(); }}>
                {t('loadMore', { ns: 'ui' })}
              </button>
            )}
          </>
        )}
      </Faces>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { LackLine } from '@/features/fieldwork/LackLine';
import { useOptions } from '@/features/fieldwork/followups';
import { Empty, Loading } from '@/ui/faces';
import { dayOf } from '@/ui/format';
import phone from '@/phone/phone.module.css';
import { useOnline } from '@/phone/offline/online';
import type { Item } from '@/phone/outbox/items';
import css from './capture.module.css';
import { judged } from './evidence';
import { Problem } from './Problem';
import { useStored } from './useItem';

const tones: Partial<Record<Item['state'], string>> = { sent: 'ok', stuck: 'bad' };

/** What became of it: counted, kept as a draft with what it lacks, or lying on the phone until there is network. */
export default function DonePage() {
  const { t } = useTranslation('followups');
  const { id = '' } = useParams();
  const item = useStored(id);
  const isOnline = useOnline();
  const options = useOptions().data;
  if (item === undefined) return <Loading rows={6} />;
  if (item === null) return <Empty title={t('gone')} />;
  const { lacks, needed } = judged(item, options ?? { standards: [], units: [] });
  const state = item.state === 'waiting' ? (isOnline ? 'sending' : 'waiting') : item.state;
  return (
    <section className={`${phone.panel} ${css.verdict}`} data-tone={tones[item.state]}>
      <h1>{t(`done.${state}`)}</h1>
      <p>{item.customer?.name ?? item.record.title}</p>
      {item.next_at && <p>{t('done.next', { day: dayOf(item.next_at) })}</p>}
      <Problem item={item} />
      {item.state !== 'sent' && item.state !== 'stuck' && <LackLine lacks={lacks} needed={needed} whole={t('done.whole')} />}
      <div className={css.acts}>
        {item.state !== 'sent' && item.state !== 'waiting' && <Link to={`/followup/${id}`}>{t(item.state === 'stuck' ? 'open' : 'goOn')}</Link>}
        <Link to="/followup" className={css.main}>
          {t('another')}
        </Link>
        <Link to="/">{t('toToday')}</Link>
      </div>
    </section>
  );
}

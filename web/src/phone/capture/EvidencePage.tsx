import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { FollowUpOptions } from '@/api/types';
import { LackLine } from '@/features/fieldwork/LackLine';
import { useOptions, useOwnCustomers } from '@/features/fieldwork/followups';
import { mainText } from '@/features/fieldwork/standards';
import { usePurposeNotice } from '@/features/privacy/usePurposeNotice';
import { Empty, Faces, Loading } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import phone from '@/phone/phone.module.css';
import { isBlank, type Item } from '@/phone/outbox/items';
import { useOutbox } from '@/phone/outbox/useOutbox';
import { About } from './About';
import css from './capture.module.css';
import { judged } from './evidence';
import { Here } from './Here';
import { NextDate } from './NextDate';
import { Pain } from './Pain';
import { Photos } from './Photos';
import { Problem } from './Problem';
import { isOutOfRoom } from './photos';
import { useItem, useStored } from './useItem';

function Ticks({ item, options, keys, write }: { item: Item; options: FollowUpOptions; keys: string[]; write: (change: Partial<Item>) => void }) {
  const { t } = useTranslation('followups');
  const name = useName();
  return (
    <fieldset className={phone.panel}>
      <legend className="sr-only">{t('ticks')}</legend>
      <h2 aria-hidden="true">{t('ticks')}</h2>
      <div className={css.ticks}>
        {options.ticks
          .filter((one) => keys.includes(one.key))
          .map((one) => (
            <label key={one.key} className={css.tick}>
              <input
                type="checkbox"
                checked={item.ticks.includes(one.key)}
                onChange={(event) => {
                  const others = item.ticks.filter((key) => key !== one.key);
                  write({ ticks: event.target.checked ? [...others, one.key] : others });
                }}
              />
              {name(one.name)}
            </label>
          ))}
      </div>
    </fieldset>
  );
}

function Writing({ stored, options }: { stored: Item; options: FollowUpOptions }) {
  const { t } = useTranslation('followups');
  const name = useName();
  const go = useNavigate();
  const say = useToast();
  const { outbox } = useOutbox();
  const { ask, notice } = usePurposeNotice('phone');
  const { item, write } = useItem(stored);
  const customer = useOwnCustomers().data?.find((one) => one.id === item.customer?.id);
  const { standard, lacks, needed } = judged(item, options);
  const asked = standard?.items ?? [];
  const titleOf = (kind: string, otherwise: string) => name(asked.find((one) => one.kind === kind)?.name) || otherwise;
  const ticks = asked.filter((one) => one.kind === 'tick').map((one) => one.key);
  const texts = asked.filter((one) => one.kind === 'text' && one.key !== mainText);
  const files = asked.filter((one) => one.kind === 'files');
  const main = asked.find((one) => one.key === mainText);
  const finish = async () => {
    try {
      await outbox.finish(item.client_id);
      await go(`/followup/${item.client_id}/done`, { replace: true });
    } catch (error) {
      say('bad', t(isOutOfRoom(error) ? 'photo.noRoom' : 'notKept'));
    }
  };
  return (
    <>
      {notice}
      <Problem item={item} />
      <About item={item} options={options} customer={customer} write={write} />
      {(files.length ? files : [{ key: 'photo', name: null }]).map((one) => (
        <Photos key={one.key} item={item} kind={one.key} title={name(one.name) || t('photo.title')} outbox={outbox} ask={ask} />
      ))}
      {asked.some((one) => one.kind === 'place') && (
        <Here title={titleOf('place', '')} value={item.place} ask={ask} onFound={(place) => { write({ place }); }} />
      )}
      {ticks.length > 0 && <Ticks item={item} options={options} keys={ticks} write={write} />}
      <Pain
        title={name(main?.name) || t('pain.title')}
        value={item.text}
        most={main?.max_length ?? options.pain_max}
        phrases={options.stock_phrases}
        ask={ask}
        onChange={(text) => { write({ text }); }}
      />
      {texts.map((one) => (
        <Pain
          key={one.key}
          title={name(one.name)}
          value={item.store[one.key] ?? ''}
          most={one.max_length ?? options.pain_max}
          phrases={options.stock_phrases}
          ask={ask}
          onChange={(text) => { write({ store: { ...item.store, [one.key]: text } }); }}
        />
      ))}
      <NextDate title={titleOf('next_date', t('next.title'))} value={item.next_at} onChange={(next_at) => { write({ next_at }); }} />
      <div className={phone.bottom}>
        {standard && <LackLine lacks={lacks} needed={needed} />}
        <button type="button" className={needed === 0 ? phone.primary : phone.plain} disabled={isBlank(item)} onClick={() => void finish()}>
          {t(needed === 0 ? 'finish' : 'keepDraft')}
        </button>
      </div>
    </>
  );
}

/** What proves the contact, on one page: it says all the time what is still missing. */
export default function EvidencePage() {
  const { t } = useTranslation('followups');
  const { id = '' } = useParams();
  const stored = useStored(id);
  const options = useOptions();
  if (stored === undefined) return <Loading rows={8} />;
  if (stored === null) {
    return (
      <Empty title={t('gone')}>
        <Link to="/outbox">{t('outbox.title')}</Link>
      </Empty>
    );
  }
  if (stored.state === 'sent') return <Navigate to={`/followup/${id}/done`} replace />;
  return <Faces query={options}>{(data) => <Writing key={id} stored={stored} options={data} />}</Faces>;
}

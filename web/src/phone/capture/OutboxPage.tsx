import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOptions } from '@/features/fieldwork/followups';
import { useDropDraft } from '@/features/fieldwork/writing';
import { problemOf } from '@/api/problem';
import { Empty, Loading } from '@/ui/faces';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import phone from '@/phone/phone.module.css';
import { isBlank, type Item } from '@/phone/outbox/items';
import type { Status } from '@/phone/outbox/outbox';
import { useOutbox } from '@/phone/outbox/useOutbox';
import css from './capture.module.css';
import { holds } from '@/features/saleslog/noted';
import { Elsewhere } from './Elsewhere';
import { LogLines } from './LogLines';
import { Problem } from './Problem';

const groups = [
  { key: 'stuck', states: ['stuck'] },
  { key: 'waiting', states: ['waiting'] },
  { key: 'drafts', states: ['writing', 'draft'] },
  { key: 'sent', states: ['sent'] },
] as const;

function Line({ item, kind }: { item: Item; kind: string }) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const { outbox } = useOutbox();
  const drop = useDropDraft();
  const [isAsking, setAsking] = useState(false);
  const discard = async () => {
    try {
      if (item.server) await drop.mutateAsync(item.server);
      await outbox.discard(item);
    } catch (error) {
      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
    }
  };
  return (
    <li className={css.item}>
      <strong>{item.customer?.name ?? item.record.title}</strong>
      <span className="muted">
        {kind} · {ago(item.at)} · {t('outbox.photos', { count: item.photos.length })}
      </span>
      {item.text && <span className="clip">{item.text}</span>}
      <Problem item={item} />
      {isAsking ? (
        <div role="alertdialog" aria-label={t('outbox.discard')}>
          <p>{t('outbox.discardHint')}</p>
          <div className={css.row}>
            <button type="button" onClick={() => void discard()}>
              {t('outbox.discardYes')}
            </button>
            <button type="button" onClick={() => { setAsking(false); }}>
              {t('cancel', { ns: 'ui' })}
            </button>
          </div>
        </div>
      ) : (
        item.state !== 'sent' && (
          <div className={css.row}>
            <Link to={`/followup/${item.client_id}`}>{t('open')}</Link>
            {item.state === 'stuck' && (
              <button type="button" onClick={() => void outbox.finish(item.client_id)}>
                {t('outbox.again')}
              </button>
            )}
            <button type="button" onClick={() => { setAsking(true); }}>
              {t('outbox.discard')}
            </button>
          </div>
        )
      )}
    </li>
  );
}

/** What lies on this phone: refused, waiting for network, unfinished, sent. */
export default function OutboxPage() {
  const { t } = useTranslation('followups');
  const name = useName();
  const { items, logs, status, outbox } = useOutbox();
  const kinds = useOptions().data?.kinds ?? [];
  if (items === null || logs === null) return <Loading rows={6} />;
  const shown = items.filter((item) => !isBlank(item));
  const told: Record<Status, string> = { idle: '', sending: t('outbox.sending'), later: t('outbox.later'), sign_in: t('outbox.signIn') };
  return (
    <>
      <h1 className={phone.title}>{t('outbox.title')}</h1>
      {[...shown, ...logs].some(({ state }) => state === 'waiting') && (
        <button type="button" className={phone.primary} disabled={status === 'sending'} onClick={() => void outbox.flush()}>
          {t('outbox.now')}
        </button>
      )}
      <p role="status">{told[status]}</p>
      {shown.length === 0 && !logs.some(holds) && (
        <Empty title={t('outbox.none')}>
          <Link to="/followup">{t('entry')}</Link>
        </Empty>
      )}
      {groups.map(({ key, states }) => {
        const some = shown.filter((item) => (states as readonly string[]).includes(item.state));
        if (some.length === 0) return null;
        return (
          <section key={key} aria-labelledby={`outbox-${key}`}>
            <h2 id={`outbox-${key}`} className={css.group}>
              {t(`outbox.${key}`)} ({some.length})
            </h2>
            <ul className={phone.cards}>
              {some.map((item) => (
                <Line key={item.client_id} item={item} kind={name(kinds.find((one) => one.key === item.kind)?.name)} />
              ))}
            </ul>
          </section>
        );
      })}
      <LogLines logs={logs} outbox={outbox} />
      <Elsewhere items={items} />
    </>
  );
}

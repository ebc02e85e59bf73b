import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { HeldKind, SubjectRequest } from '@/api/types';
import { useSearch } from '@/features/records/search';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useHeld, useOpenRequest, useRequests } from './admin';
import css from './privacy.module.css';

function Kinds({ kinds, isErased }: { kinds: HeldKind[]; isErased: boolean }) {
  const { t } = useTranslation('privacy');
  const name = useName();
  return (
    <ul className={css.kinds}>
      {kinds.map((kind) => (
        <li key={kind.key}>
          {t('requests.kindCount', { name: name(kind.name), count: kind.count })}
          {isErased && <span className="muted">{name(kind.stays)}</span>}
        </li>
      ))}
    </ul>
  );
}

function New() {
  const { t } = useTranslation('privacy');
  const say = useToast();
  const confirm = useConfirm();
  const open = useOpenRequest();
  const [text, setText] = useState('');
  const [contact, setContact] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const hits = useSearch(text, 'contact', 20).data ?? [];
  const held = useHeld(contact);
  const send = (kind: 'export' | 'erasure') => {
    if (contact === null) return;
    open.mutate(
      { kind, contact_id: contact, reason: reason.trim() },
      {
        onSuccess: () => {
          say('ok', t(`requests.taken.${kind}`));
          setReason('');
        },
        onError: (error) => {
          say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const isReady = contact !== null && reason.trim() !== '' && held.data !== undefined;
  return (
    <section className={css.card} aria-label={t('requests.new')}>
      <h2>{t('requests.new')}</h2>
      <div className={css.line}>
        <Select
          className={css.filter}
          aria-label={t('requests.contact')}
          placeholder={t('requests.contact')}
          showSearch={{ filterOption: false, onSearch: setText }}
          allowClear
          notFoundContent={t('requests.type')}
          value={contact ?? undefined}
          options={hits.map((hit) => ({ value: hit.id, label: hit.subtitle ? `${hit.title} · ${hit.subtitle}` : hit.title }))}
          onChange={(id: number | undefined) => {
            setContact(id ?? null);
          }}
        />
        <Input className={css.reason} aria-label={t('requests.reason')} placeholder={t('requests.reason')} maxLength={200} value={reason} onChange={(event) => { setReason(event.target.value); }} />
      </div>
      {contact !== null && (
        <Faces query={held} rows={3}>
          {(found) => (
            <>
              <Kinds kinds={found.kinds} isErased />
              <p className="muted">{found.elsewhere}</p>
            </>
          )}
        </Faces>
      )}
      <div className={css.line}>
        <Button type="primary" disabled={!isReady} loading={open.isPending} onClick={() => { send('export'); }}>
          {t('requests.export')}
        </Button>
        <Button
          danger
          disabled={!isReady}
          onClick={() => {
            confirm({
              title: t('requests.sure', { name: held.data?.record.title ?? '' }),
              text: t('requests.sureText'),
              danger: true,
              ok: t('requests.erasure'),
              run: () => {
                send('erasure');
              },
            });
          }}
        >
          {t('requests.erasure')}
        </Button>
      </div>
    </section>
  );
}

function Card({ row }: { row: SubjectRequest }) {
  const { t } = useTranslation('privacy');
  const isUnderWay = row.state === 'waiting' || row.state === 'running';
  return (
    <section className={css.card} aria-label={row.record.title}>
      <header className={css.head}>
        <h2>{t(`requests.of.${row.kind}`, { name: row.record.title })}</h2>
        <span className={css.state} data-state={row.state}>
          {t(`requests.state.${row.state}`)}
          {isUnderWay && ` ${String(row.done_kinds)}/${String(row.all_kinds)}`}
        </span>
      </header>
      <p className="muted">{t('requests.asked', { who: row.asked_by?.name ?? '–', at: dateTime(row.asked_at), why: row.reason })}</p>
      <Kinds kinds={row.counts} isErased={row.kind === 'erasure'} />
      {row.state === 'done' && row.kind === 'erasure' && <p className="muted">{row.elsewhere}</p>}
      {row.url && (
        <a href={row.url} download>
          {t('requests.file')}
        </a>
      )}
    </section>
  );
}

/** What people outside ask for: everything held about them, or that it goes. */
export function Requests() {
  const { t } = useTranslation('privacy');
  const requests = useRequests();
  const rows = requests.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="muted">{t('requests.hint')}</p>
      <New />
      {!requests.data ? (
        requests.error ? <Failure error={requests.error} retry={() => void requests.refetch()} /> : <Loading rows={6} />
      ) : rows.length === 0 ? (
        <Empty title={t('requests.none')} />
      ) : (
        rows.map((row) => <Card key={row.id} row={row} />)
      )}
      {requests.hasNextPage && (
        <div className={css.more}>
          <Button size="small" loading={requests.isFetchingNextPage} onClick={() => void requests.fetchNextPage()}>
            {t('loadMore', { ns: 'ui' })}
          </Button>
        </div>
      )}
    </>
  );
}

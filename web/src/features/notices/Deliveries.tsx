import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Channel, DeliveryState } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useClearing } from '@/ui/clearing';
import { DataTable } from '@/ui/DataTable';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { useDeliveries, useResend } from './settings';
import css from './settings.module.css';

const states: DeliveryState[] = ['dead', 'unknown', 'waiting', 'sending', 'failed', 'sent', 'skipped'];

/** What went to whom over which channel; what was given up can be sent again. */
export function Deliveries({ channels }: { channels: Channel[] }) {
  const { t } = useTranslation('notices');
  const name = useName();
  const say = useToast();
  const clearing = useClearing();
  const address = useAddress();
  const state = states.find((one) => one === address.get('state'));
  const channel = address.get('channel') || undefined;
  const list = useDeliveries({ state, channel });
  const resend = useResend();
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (key: string) => name(channels.find((one) => one.key === key)?.name) || key;
  return (
    <section className={css.panel} aria-label={t('deliveries.title')}>
      <div className={css.filters}>
        <Select
          aria-label={t('deliveries.stateTitle')}
          placeholder={t('deliveries.stateTitle')}
          style={{ minWidth: 150 }}
          allowClear={clearing}
          value={state}
          options={states.map((one) => ({ value: one, label: t(`deliveries.state.${one}`) }))}
          onChange={(next?: string) => { address.set({ state: next ?? null }); }}
        />
        <Select
          aria-label={t('deliveries.channel')}
          placeholder={t('deliveries.channel')}
          style={{ minWidth: 150 }}
          allowClear={clearing}
          value={channel}
          options={channels.map((one) => ({ value: one.key, label: name(one.name) }))}
          onChange={(next?: string) => { address.set({ channel: next ?? null }); }}
        />
      </div>
      <div className={css.table}>
        {!list.data ? (
          list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={8} />
        ) : (
          <DataTable
            label={t('deliveries.title')}
            rows={rows}
            rowName={(row) => row.notice.title}
            empty={<Empty />}
            columns={[
              { key: 'notice', title: t('deliveries.notice'), width: 320, fixed: true, draw: (row) => row.notice.title },
              { key: 'person', title: t('person', { ns: 'ui' }), width: 110, draw: (row) => row.person.name },
              { key: 'channel', title: t('deliveries.channel'), width: 120, draw: (row) => nameOf(row.channel) },
              { key: 'state', title: t('status', { ns: 'ui' }), width: 110, draw: (row) => <span className={row.state === 'dead' || row.state === 'unknown' ? css.bad : undefined}>{t(`deliveries.state.${row.state}`)}</span> },
              { key: 'attempts', title: t('deliveries.attempts'), width: 80, align: 'right', draw: (row) => row.attempts },
              { key: 'at', title: t('deliveries.at'), width: 160, draw: (row) => dateTime(row.sent_at ?? row.next_at ?? row.created_at) },
              { key: 'reason', title: t('deliveries.reason'), width: 260, draw: (row) => row.reason || row.error || '–' },
              {
                key: 'resend',
                title: t('actions', { ns: 'ui' }),
                width: 110,
                draw: (row) =>
                  row.can_resend && (
                    <Button
                      size="small"
                      disabled={resend.isPending}
                      onClick={() => {
                        resend.mutate(row.id, {
                          onSuccess: () => { say('ok', t('deliveries.resent')); },
                          onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
                        });
                      }}
                    >
                      {t('deliveries.resend')}
                    </Button>
                  ),
              },
            ]}
            footer={
              list.hasNextPage && (
                <div className={css.more}>
                  <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    {t('loadMore', { ns: 'ui' })}
                  </Button>
                </div>
              )
            }
          />
        )}
      </div>
    </section>
  );
}

import { Button, Switch } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Channel } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import { useToast } from '@/ui/toast';
import { Deliveries } from './Deliveries';
import { useChannels, useSaveChannel } from './settings';
import css from './settings.module.css';

const ChannelSheet = lazy(() => import('./ChannelSheet'));

function Card({ channel, onOpen, onShow }: { channel: Channel; onOpen: () => void; onShow: (state: string) => void }) {
  const { t } = useTranslation('notices');
  const name = useName();
  const say = useToast();
  const save = useSaveChannel();
  const stuck = (['waiting', 'dead', 'unknown'] as const).filter((state) => (channel.counts[state] ?? 0) > 0);
  return (
    <section className={css.card} aria-label={name(channel.name)}>
      <header>
        <h2>{name(channel.name)}</h2>
        <Switch
          aria-label={t('channels.switch', { name: name(channel.name) })}
          checked={channel.is_on}
          disabled={channel.is_fixed || (!channel.is_on && !channel.is_complete)}
          loading={save.isPending}
          onChange={(is_on) => {
            save.mutate(
              { key: channel.key, is_on, settings: {} },
              {
                onError: (error) => {
                  say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                },
              },
            );
          }}
        />
      </header>
      {!channel.is_complete && <p className={css.warn}>{t('channels.incomplete')}</p>}
      <p className="muted">{channel.guarantee_text}</p>
      {stuck.length > 0 && (
        <p className={css.counts}>
          {stuck.map((state) => (
            <button
              key={state}
              type="button"
              className={`plain ${(state === 'waiting' ? '' : css.bad) ?? ''}`}
              onClick={() => {
                onShow(state);
              }}
            >
              {t(`deliveries.state.${state}`)} {channel.counts[state]}
            </button>
          ))}
        </p>
      )}
      <div className={css.buttons}>
        <Button size="small" onClick={onOpen}>
          {t(channel.is_fixed ? 'channels.open' : 'channels.setUp')}
        </Button>
      </div>
    </section>
  );
}

/** How the product reaches people: each channel with its state and promise, and what was delivered. */
export default function ChannelsPage() {
  const { t } = useTranslation('notices');
  const address = useAddress();
  const channels = useChannels();
  const [opened, setOpened] = useState<string | null>(null);
  const tab = address.get('tab') === 'deliveries' ? 'deliveries' : 'channels';
  const channel = channels.data?.find((one) => one.key === opened);
  return (
    <div className={css.page}>
      <h1>{t('channels.title')}</h1>
      <Tabs
        label={t('channels.title')}
        value={tab}
        onChange={(key) => {
          address.set({ tab: key === 'channels' ? null : key, state: null, channel: null });
        }}
        tabs={[
          { key: 'channels', label: t('channels.tab') },
          { key: 'deliveries', label: t('deliveries.title') },
        ]}
      />
      <Faces query={channels} rows={8}>
        {(list) =>
          tab === 'deliveries' ? (
            <Deliveries channels={list} />
          ) : (
            <div className={css.cards}>
              {list.map((one) => (
                <Card
                  key={one.key}
                  channel={one}
                  onOpen={() => {
                    setOpened(one.key);
                  }}
                  onShow={(state) => {
                    address.set({ tab: 'deliveries', channel: one.key, state });
                  }}
                />
              ))}
            </div>
          )
        }
      </Faces>
      {channel && (
        <Suspense fallback={null}>
          <ChannelSheet
            channel={channel}
            onClose={() => {
              setOpened(null);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

import { AccountBookOutlined, SlidersOutlined } from '@ant-design/icons';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Faces, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Tabs } from '@/ui/Tabs';
import css from './Channels.module.css';
import ChannelTable from './ChannelTable';
import ChannelWhole from './ChannelWhole';
import { currencyName, useChannelBoard, type Drill, type Span } from './channels';

const ChannelChart = lazy(() => import('./ChannelChart'));
const ChannelFunnel = lazy(() => import('./ChannelFunnel'));
const ChannelLeads = lazy(() => import('./ChannelLeads'));
const NormSheet = lazy(() => import('./NormSheet'));
const SpendSheet = lazy(() => import('./SpendSheet'));
export type Opened = { title: string; drill: Drill };

/** Which channel pays: what each brought, what became of it, what it cost, and where the funnel loses. */
export default function ChannelBoardPage() {
  const { t } = useTranslation('leads');
  const name = useName();
  const me = useMe();
  const address = useAddress();
  const span: Span = { from: address.get('from') || undefined, to: address.get('to') || undefined };
  const board = useChannelBoard(span);
  const [opened, setOpened] = useState<Opened | null>(null);
  const isFunnel = address.get('tab') === 'funnel';
  const isSpending = address.get('spend') === '1';
  const maySpend = me.is_admin || me.admin.includes('channels.manage');
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('board.title')}</h1>
        <DatePicker.RangePicker
          aria-label={t('board.period')}
          value={span.from && span.to ? [dayjs(span.from), dayjs(span.to)] : null}
          placeholder={[t('board.last90'), '']}
          presets={[
            { label: t('board.thisMonth'), value: [dayjs().startOf('month'), dayjs()] },
            { label: t('board.lastMonth'), value: [dayjs().subtract(1, 'month').startOf('month'), dayjs().subtract(1, 'month').endOf('month')] },
            { label: t('board.year'), value: [dayjs().subtract(11, 'month').startOf('month'), dayjs()] },
          ]}
          onChange={(range) => { address.set({ from: range?.[0]?.format('YYYY-MM-DD') ?? null, to: range?.[1]?.format('YYYY-MM-DD') ?? null }); }}
        />
        {isFunnel && (
          <Button icon={<SlidersOutlined aria-hidden />} onClick={() => { address.set({ norms: '1' }); }}>
            {t('norms.open')}
          </Button>
        )}
        {maySpend && (
          <Button icon={<AccountBookOutlined aria-hidden />} onClick={() => { address.set({ spend: '1' }); }}>
            {t('spend.title')}
          </Button>
        )}
      </div>
      <Tabs
        label={t('board.parts')}
        value={isFunnel ? 'funnel' : 'channels'}
        onChange={(key) => { address.set({ tab: key === 'funnel' ? key : null }); }}
        tabs={(['channels', 'funnel'] as const).map((key) => ({ key, label: t(`board.part.${key}`) }))}
      />
      {isFunnel ? (
        <Suspense fallback={<Loading rows={6} />}>
          <ChannelFunnel onOpen={setOpened} />
        </Suspense>
      ) : (
        <Faces query={board} rows={8}>
          {(data) => (
            <>
              <ChannelWhole board={data} onOpen={setOpened} />
              <ChannelTable board={data} onOpen={setOpened} />
              <Suspense fallback={<Loading rows={4} />}>
                <ChannelChart board={data} />
              </Suspense>
              <div className={css.words}>
                <p>{t('board.asOf', { at: dateTime(data.as_of), from: data.since, to: data.until, currency: currencyName(data.currency) })}</p>
                <p>{t('board.touchedMeans', { policy: name(data.policy ?? { 'zh-CN': '–', 'en-US': '–' }), days: data.dormant_after_days })}</p>
                <p>{t('board.reachedMeans')}</p>
                {data.other_currencies.length > 0 && <p>{t('board.otherCurrencies', { list: data.other_currencies.map(currencyName).join(', ') })}</p>}
                {!data.is_everything && <p>{t('board.noCosts')}</p>}
              </div>
            </>
          )}
        </Faces>
      )}
      <Suspense fallback={null}>
        {opened && <ChannelLeads title={opened.title} drill={opened.drill} onClose={() => { setOpened(null); }} />}
        {address.get('norms') === '1' && <NormSheet editable={maySpend} onClose={() => { address.set({ norms: null }); }} />}
        {isSpending && maySpend && <SpendSheet onClose={() => { address.set({ spend: null }); }} />}
      </Suspense>
    </div>
  );
}

import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChannelFunnel as Funnel } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { useClearing } from '@/ui/clearing';
import { Empty, Faces } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Channels.module.css';
import type { Opened } from './ChannelBoardPage';
import { Figure } from './Figure';
import { monthEnd, share, useChannelBoard, useChannelFunnel } from './channels';

type Month = Funnel['months'][number];
type Link = Month['links'][number];
type Props = { onOpen: (opened: Opened) => void };

/** The loss at every link, month by month, with the link that lost most. */
export default function ChannelFunnel({ onOpen }: Props) {
  const { t } = useTranslation('leads');
  const name = useName();
  const clearing = useClearing();
  const address = useAddress();
  const channel = address.get('channel') || undefined;
  const funnel = useChannelFunnel(channel);
  const channels = useChannelBoard({}).data?.channels ?? [];
  return (
    <Faces query={funnel} rows={6}>
      {(data) => {
        const named = (key: string) => name(data.steps.find((step) => step.key === key)?.name);
        const linkName = (link: Link) => `${named(link.key)} → ${named(link.step)}`;
        const open = (month: Month, figure: string, label: string) => {
          onOpen({ title: `${month.month.slice(0, 7)} · ${label}`, drill: { from: month.month, to: monthEnd(month.month), figure, channel } });
        };
        return (
          <>
            <Select
              aria-label={t('board.channel')}
              placeholder={t('board.everyChannel')}
              className={css.choice}
              allowClear={clearing}
              value={channel}
              options={channels.filter((row) => row.key).map((row) => ({ value: row.key, label: name(row.name) }))}
              onChange={(key?: string) => { address.set({ channel: key ?? null }); }}
            />
            {data.months.length === 0 && <Empty title={t('board.empty')} hint={t('board.emptyHint')} />}
            <ul className={css.months}>
              {[...data.months].reverse().map((month) => {
                const worst = month.links.find((link) => link.key === month.bottleneck);
                return (
                  <li key={month.month} aria-label={month.month.slice(0, 7)}>
                    <h2>
                      {month.month.slice(0, 7)}
                      <small>{worst ? t('funnel.bottleneck', { link: linkName(worst), share: share(worst.lost, worst.reached) }) : t('funnel.noBottleneck')}</small>
                    </h2>
                    <ol>
                      {month.links.map((link) => (
                        <li key={link.key} data-worst={link.key === month.bottleneck}>
                          <h3>{linkName(link)}</h3>
                          <Figure part={link.passed} whole={link.reached} label={t('funnel.passed')} onOpen={() => { open(month, link.step, named(link.step)); }} />
                          {link.verdict && (
                            <span className={css.verdict} data-verdict={link.verdict}>
                              {t(`funnel.verdict.${link.verdict}`, { normal: share(link.normal ?? 0, 1), abnormal: share(link.abnormal ?? 0, 1) })}
                              <small> {t(`funnel.normBy.${link.norm_source}`, { number: link.norm_number })}</small>
                            </span>
                          )}
                          <div className={css.rest}>
                            <button type="button" className={`plain ${css.figure ?? ''}`} disabled={!link.lost} onClick={() => { open(month, `${link.key}.lost`, t('funnel.lostAt', { step: named(link.key) })); }}>
                              {t('funnel.lost', { share: share(link.lost, link.reached), n: number(link.lost) })}
                            </button>
                            <button type="button" className={`plain ${css.figure ?? ''}`} disabled={!link.open} onClick={() => { open(month, `${link.key}.open`, t('funnel.openAt', { step: named(link.key) })); }}>
                              {t('funnel.open', { n: number(link.open) })}
                            </button>
                          </div>
                        </li>
                      ))}
                    </ol>
                  </li>
                );
              })}
            </ul>
            <div className={css.words}>
              <p>{t('funnel.asOf', { at: dateTime(data.as_of) })}</p>
              <p>{t('funnel.means')}</p>
              <p>{t('board.reachedMeans')}</p>
            </div>
          </>
        );
      }}
    </Faces>
  );
}

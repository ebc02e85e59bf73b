import { useTranslation } from 'react-i18next';
import type { ChannelBoard } from '@/api/types';
import BarChart, { type BarItem } from '@/ui/BarChart';
import { useName } from '@/ui/names';
import css from './Channels.module.css';

/** Of a hundred leads of a channel, how many became SQL; the mark is the mean of all channels. */
export default function ChannelChart({ board }: { board: ChannelBoard }) {
  const { t } = useTranslation('leads');
  const name = useName();
  const percent = (part = 0, whole = 0) => (whole ? Math.round((part / whole) * 1000) / 10 : 0);
  const mean = percent(board.whole.counts['sql'], board.whole.counts['leads']);
  const items = board.channels
    .filter((row) => (row.counts['leads'] ?? 0) > 0)
    .map((row): BarItem => {
      const value = percent(row.counts['sql'], row.counts['leads']);
      return { name: name(row.name), value, limit: mean, tone: value >= mean ? 'good' : 'warning' };
    })
    .sort((one, other) => other.value - one.value);
  if (items.length < 2) return null;
  return (
    <section className={css.chart} aria-label={t('board.sqlShare')}>
      <h2>{t('board.sqlShare')}</h2>
      <BarChart label={t('board.sqlShare')} unit="%" limitName={t('board.mean')} items={items} />
    </section>
  );
}

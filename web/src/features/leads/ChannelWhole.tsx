import { useTranslation } from 'react-i18next';
import type { ChannelBoard } from '@/api/types';
import { money, shortMoney } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Channels.module.css';
import type { Opened } from './ChannelBoardPage';
import { Figure } from './Figure';

type Props = { board: ChannelBoard; onOpen: (opened: Opened) => void };

/** All channels together. */
export default function ChannelWhole({ board, onOpen }: Props) {
  const { t } = useTranslation('leads');
  const name = useName();
  const { counts, amount, cost, cost_per: per } = board.whole;
  const tile = (figure: string, label: string, of?: string, tone?: 'bad' | 'good') => (
    <div key={figure}>
      <span className="muted">{label}</span>
      <Figure
        part={counts[figure] ?? 0}
        whole={of ? counts[of] : undefined}
        label={label}
        tone={tone}
        onOpen={() => { onOpen({ title: label, drill: { from: board.since, to: board.until, figure } }); }}
      />
    </div>
  );
  const sum = (key: string, value: string | null | undefined, text: string) =>
    value === null || value === undefined ? null : (
      <div key={key}>
        <span className="muted">{t(`board.${key}`)}</span>
        <strong className="num" title={money(value, board.currency)}>{text}</strong>
      </div>
    );
  return (
    <section className={css.whole} aria-label={t('board.whole')}>
      {tile('leads', t('board.leads'))}
      {tile('touched', t('board.touched'), 'leads')}
      {tile('wasted', t('board.wasted'), 'leads', 'bad')}
      {tile('late', t('board.late'), 'touched', 'bad')}
      {tile('dormant', t('board.dormant'), 'open', 'bad')}
      {board.steps.slice(1).map((step) => tile(step.key, name(step.name), 'leads'))}
      {sum('amount', amount, shortMoney(amount, board.currency))}
      {sum('cost', cost, shortMoney(cost, board.currency))}
      {sum('costPerLead', per['leads'], money(per['leads'], board.currency))}
      {sum('costPerSql', per['sql'], money(per['sql'], board.currency))}
    </section>
  );
}

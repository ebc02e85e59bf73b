import { useTranslation } from 'react-i18next';
import type { ChannelBoard } from '@/api/types';
import { DataTable, type DataColumn } from '@/ui/DataTable';
import { Empty } from '@/ui/faces';
import { money, shortMoney } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './Channels.module.css';
import type { Opened } from './ChannelBoardPage';
import { Figure } from './Figure';
import type { BoardRow } from './channels';

type Row = BoardRow & { id: number };
type Props = { board: ChannelBoard; onOpen: (opened: Opened) => void };

/** A row for each channel; every count opens down to its leads. */
export default function ChannelTable({ board, onOpen }: Props) {
  const { t } = useTranslation('leads');
  const name = useName();
  const open = (row: Row, figure: string, label: string) => {
    onOpen({ title: `${name(row.name)} · ${label}`, drill: { from: board.since, to: board.until, figure, channel: row.key } });
  };
  const counted = (figure: string, title: string, of?: string, tone?: 'bad' | 'good'): DataColumn<Row> => ({
    key: figure,
    title,
    align: 'right',
    width: 96,
    draw: (row) => (
      <Figure part={row.counts[figure] ?? 0} whole={of ? row.counts[of] : undefined} label={title} tone={tone} onOpen={() => { open(row, figure, title); }} />
    ),
  });
  const cost = (step: string, title: string): DataColumn<Row> => ({
    key: `cost-${step}`,
    title,
    align: 'right',
    width: 110,
    draw: (row) => <span className="num">{money(row.cost_per[step], board.currency)}</span>,
  });
  const shared = (key: string) => t(`board.${key}`);
  const steps = board.steps.slice(1).map((step) => counted(step.key, name(step.name), 'leads', step.key === 'won' ? 'good' : undefined));
  return (
    <div className={css.table}>
      <DataTable<Row>
        label={t('board.byChannel')}
        rows={board.channels.map((row, id) => ({ ...row, id }))}
        rowName={(row) => name(row.name)}
        empty={<Empty title={t('board.empty')} hint={t('board.emptyHint')} />}
        columns={[
          { key: 'name', title: t('board.channel'), width: 130, fixed: true, draw: (row) => name(row.name) },
          counted('leads', shared('leads')),
          counted('touched', shared('touched'), 'leads'),
          counted('wasted', shared('wasted'), 'leads', 'bad'),
          counted('dormant', shared('dormant'), 'open', 'bad'),
          ...steps,
          { key: 'amount', title: shared('amount'), align: 'right', width: 110, draw: (row) => <span className="num" title={money(row.amount, board.currency)}>{shortMoney(row.amount, board.currency)}</span> },
          ...(board.is_everything
            ? [
                { key: 'cost', title: shared('cost'), align: 'right' as const, width: 110, draw: (row: Row) => <span className="num">{money(row.cost, board.currency)}</span> },
                cost('leads', shared('costPerLead')),
                cost('sql', shared('costPerSql')),
              ]
            : []),
        ]}
      />
    </div>
  );
}

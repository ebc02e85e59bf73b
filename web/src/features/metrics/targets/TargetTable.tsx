import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { money, number, shortMoney } from '@/ui/format';
import { today } from '@/features/metrics/periods';
import { percent } from '@/features/metrics/told';
import { QuarterCell } from './QuarterCell';
import { amountOf, daysOf, inUse, isCrossed, keyOf, pasted, type Came as Opened, type Cell, type Drafts, type Grid, type Row, type Sent } from './targets';
import css from './targets.module.css';

type Props = { grid: Grid; drafts: Drafts; onDraft: (drafts: Record<string, string>) => void; isEditing: boolean; sent: Sent; onOpen: (came: Opened) => void };

const share = (value: number) => percent(value, 0);

/** An amount in money, a count as a number. */
const told = (value: string | number | null, { metric, currency }: Grid) => (metric ? (value === null ? '–' : number(Number(value))) : shortMoney(value, currency));

type OpensProps = { row: Row; cells: readonly Cell[]; when: string; text: string; came: string | number; onOpen: Props['onOpen'] };

/** What came: opens the things that it counts, where there are any. */
function Opens({ row, cells, when, text, came, onOpen }: OpensProps) {
  const { t } = useTranslation('targets');
  if (Number(came) === 0) return text;
  const whose = row.person?.name ?? row.unit.name;
  const open = () => {
    onOpen({ title: t('cameOf', { whose, when }), ...daysOf(cells), unit: row.unit.id, person: row.person?.id });
  };
  return (
    <button type="button" title={t('open', { whose, when })} onClick={open}>
      {text}
    </button>
  );
}

function Came({ row, cell, grid, onOpen }: { row: Row; cell: Cell; grid: Grid; onOpen: Props['onOpen'] }) {
  const { t } = useTranslation('targets');
  const hasBegun = cell.is_over || Number(cell.came) > 0 || cell.pace !== null;
  if (!hasBegun) return null;
  return (
    <small className={css.came} data-missed={cell.is_missed ? 'true' : undefined}>
      <Opens row={row} cells={[cell]} when={cell.month.slice(0, 7)} text={told(cell.came, grid)} came={cell.came} onOpen={onOpen} />
      {cell.done !== null && ` · ${share(cell.done)}`}
      {cell.is_missed && <span> {t('missed')}</span>}
      {!cell.is_over && cell.pace !== null && <span> {t('pace', { pace: share(cell.pace) })}</span>}
    </small>
  );
}

function MonthCell({ row, cell, grid, place, drafts, onDraft, isEditing, sent, onOpen }: Props & { row: Row; cell: Cell; place: { row: number; month: number } }) {
  const { t } = useTranslation('targets');
  const key = keyOf(row, cell);
  const draft = drafts[key];
  const held = cell.target === null ? '' : String(Number(cell.target));
  const name = `${row.person?.name ?? row.unit.name} ${cell.month.slice(0, 7)}`;
  const crossed = isEditing && isCrossed(row, cell, sent);
  return (
    <td data-crossed={crossed || undefined}>
      {isEditing && row.can_set ? (
        <input
          className={css.input}
          aria-label={name}
          inputMode="decimal"
          aria-invalid={draft !== undefined && draft !== '' && amountOf(draft) === null}
          value={draft ?? held}
          onChange={(event) => { onDraft({ [key]: event.target.value }); }}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text');
            if (!/[\t\n]/.test(text)) return;
            event.preventDefault();
            onDraft(pasted(text, grid.rows, place));
          }}
        />
      ) : (
        <span title={cell.target === null || grid.metric ? undefined : money(cell.target, grid.currency)}>{told(cell.target, grid)}</span>
      )}
      {crossed && <small className={css.crossed}>{t('crossed', { target: cell.target === null ? t('noTarget') : told(cell.target, grid) })}</small>}
      <Came row={row} cell={cell} grid={grid} onOpen={onOpen} />
    </td>
  );
}

type SumProps = { row: Row; sum: Row['year'] | null; cells: readonly Cell[]; when: string; grid: Grid; onOpen: Props['onOpen'] };

function Sum({ row, sum, cells, when, grid, onOpen }: SumProps) {
  const { t } = useTranslation('targets');
  if (!sum) return <td>–</td>;
  return (
    <td>
      {told(sum.target, grid)}
      <small className={css.came}>
        <Opens row={row} cells={cells} when={when} text={told(sum.came, grid)} came={sum.came} onOpen={onOpen} />
        {sum.done !== null && ` · ${share(sum.done)}`}
        {sum.pace !== null && <span> {t('pace', { pace: share(sum.pace) })}</span>}
      </small>
    </td>
  );
}

/** A row for each unit and person, a column for each month; typed over, or pasted as a block. */
export function TargetTable(props: Props) {
  const { t } = useTranslation('targets');
  const address = useAddress();
  const { grid, isEditing, onOpen } = props;
  const month = Number(today().slice(5, 7)) - 1;
  const quarter = Math.floor(month / 3);
  const withQuarter = grid.rows.some((row) => row.quarter);
  return (
    <div className={css.scroll} role="group" aria-label={t('title')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('whose')}</th>
            <th scope="col">{t('missedInRow')}</th>
            {withQuarter && !isEditing && <th scope="col">{t('thisMonth')}</th>}
            {withQuarter && <th scope="col">{t('quarter')}</th>}
            <th scope="col">{t('year')}</th>
            {grid.rows[0]?.cells.map((cell, place) => (
              <Fragment key={cell.month}>
                {isEditing && place % 3 === 0 && <th scope="col">{t('quarterOf', { quarter: place / 3 + 1 })}</th>}
                <th scope="col">{t('month', { month: Number(cell.month.slice(5, 7)) })}</th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {(isEditing ? grid.rows : inUse(grid.rows)).map((row, down) => (
            <tr key={`${String(row.unit.id)}.${String(row.person?.id ?? 0)}`} data-base={row.is_base ? 'true' : undefined}>
              <th scope="row">
                {row.is_base || row.person ? (
                  (row.person?.name ?? row.unit.name)
                ) : (
                  <button type="button" className={css.link} onClick={() => { address.set({ unit: String(row.unit.id) }); }}>
                    {row.unit.name}
                  </button>
                )}
              </th>
              <td>{row.missed > 0 ? <strong className={css.missed}>{t('months', { count: row.missed })}</strong> : number(0)}</td>
              {withQuarter && !isEditing && <Sum row={row} sum={row.cells[month] ?? null} cells={row.cells.slice(month, month + 1)} when={t('month', { month: month + 1 })} grid={grid} onOpen={onOpen} />}
              {withQuarter && <Sum row={row} sum={row.quarter} cells={row.cells.slice(quarter * 3, quarter * 3 + 3)} when={t('quarterOf', { quarter: quarter + 1 })} grid={grid} onOpen={onOpen} />}
              <Sum row={row} sum={row.year} cells={row.cells} when={t('yearOf', { year: grid.year })} grid={grid} onOpen={onOpen} />
              {row.cells.map((cell, right) => (
                <Fragment key={cell.month}>
                  {isEditing && right % 3 === 0 && <QuarterCell {...props} row={row} quarter={right / 3} />}
                  <MonthCell {...props} row={row} cell={cell} place={{ row: down, month: right }} />
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

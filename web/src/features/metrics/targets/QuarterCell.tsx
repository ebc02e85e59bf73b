import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, quarterOf, spread, type Drafts, type Grid, type Row } from './targets';
import css from './targets.module.css';

type Props = { grid: Grid; row: Row; quarter: number; drafts: Drafts; onDraft: (drafts: Record<string, string>) => void };

/** A quarter's target: what is typed here is spread over its months, where it can be changed. */
export function QuarterCell({ grid, row, quarter, drafts, onDraft }: Props) {
  const { t } = useTranslation('targets');
  const [typed, setTyped] = useState<string | null>(null);
  if (!row.can_set) return <td />;
  const isCount = grid.metric !== '';
  const change = (text: string) => {
    setTyped(text);
    const shares = spread(text, isCount);
    if (!shares) return;
    const cells = row.cells.slice(3 * quarter, 3 * (quarter + 1));
    onDraft(Object.fromEntries(cells.map((cell, place) => [keyOf(row, cell), shares[place] ?? ''])));
  };
  return (
    <td>
      <input
        className={css.input}
        aria-label={`${row.person?.name ?? row.unit.name} ${t('quarterOf', { quarter: quarter + 1 })}`}
        inputMode="decimal"
        aria-invalid={typed !== null && spread(typed, isCount) === null}
        value={typed ?? quarterOf(row, quarter, drafts)}
        onChange={(event) => { change(event.target.value); }}
        onBlur={() => { setTyped(null); }}
      />
    </td>
  );
}

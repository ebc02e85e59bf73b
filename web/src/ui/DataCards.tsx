import css from './DataTable.module.css';
import type { DataTableProps } from './DataTable';

/** The rows of a table for a narrow screen: the first column is the head of a card, the others its lines. */
export function DataCards<T extends { id: number }>({ label, rows, columns, rowName, empty, footer }: DataTableProps<T>) {
  const [head, ...lines] = columns;
  if (rows.length === 0) return <>{empty}</>;
  return (
    <>
      <ul className={css.cards} aria-label={label}>
        {rows.map((row) => (
          <li key={row.id} aria-label={rowName(row)}>
            <strong>{head?.draw(row)}</strong>
            <dl>
              {lines.map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd>{column.draw(row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {footer}
    </>
  );
}

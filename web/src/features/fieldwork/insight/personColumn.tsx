import css from './insight.module.css';

type Person = { id: number; name: string };

/** The column that names people and opens what is behind their figures. */
export function personColumn(title: string, onOpen: (person: Person) => void) {
  return {
    key: 'person',
    title,
    width: 150,
    draw: (row: { person: Person }) => (
      <button type="button" className={css.link} onClick={() => { onOpen(row.person); }}>
        {row.person.name}
      </button>
    ),
  };
}

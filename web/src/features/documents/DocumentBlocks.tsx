import { lazy, Suspense, useMemo } from 'react';
import type { DocumentBlock } from '@/api/types';
import { Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import css from './documents.module.css';

const BarChart = lazy(() => import('@/ui/BarChart'));
type Of<K extends DocumentBlock['kind']> = Extract<DocumentBlock, { kind: K }>;

function Figures({ block }: { block: Of<'figures'> }) {
  const name = useName();
  return (
    <dl className={css.figures}>
      {block.items.map((item, place) => (
        <div key={place} data-tone={item.tone}>
          <dt>{name(item.name)}</dt>
          <dd>{name(item.value)}</dd>
          {item.note && <dd className={css.note}>{name(item.note)}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Text({ block }: { block: Of<'text'> }) {
  const name = useName();
  if (block.is_list) {
    return (
      <ol className={css.list} data-tone={block.tone}>
        {block.paragraphs.map((text, place) => (
          <li key={place}>{name(text)}</li>
        ))}
      </ol>
    );
  }
  return (
    <div className={css.text} data-tone={block.tone}>
      {block.paragraphs.map((text, place) => (
        <p key={place}>{name(text)}</p>
      ))}
    </div>
  );
}

function Table({ block }: { block: Of<'table'> }) {
  const name = useName();
  return (
    <div className={css.scroll} role="group" aria-label={name(block.title)} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {block.columns.map((column, place) => (
              <th key={place} scope="col" data-align={column.align}>
                {name(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, place) => (
            <tr key={place} data-tone={block.tones[place]}>
              {row.map((cell, column) => (
                <td key={column} data-align={block.columns[column]?.align}>
                  {name(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bars({ block }: { block: Of<'bars'> }) {
  const name = useName();
  const items = useMemo(() => block.items.map((item) => ({ ...item, name: name(item.name) })), [block, name]);
  return (
    <Suspense fallback={<Loading rows={4} />}>
      <BarChart label={name(block.title)} unit={name(block.unit)} limitName={name(block.limit_name)} items={items} />
    </Suspense>
  );
}

function Timeline({ block }: { block: Of<'timeline'> }) {
  const name = useName();
  return (
    <ol className={css.timeline}>
      {block.items.map((item, place) => (
        <li key={place} data-tone={item.tone}>
          <time dateTime={item.at}>{dateTime(item.at)}</time>
          <span>
            {name(item.text)} {item.by && <span className="muted">{item.by}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function drawn(block: DocumentBlock) {
  switch (block.kind) {
    case 'figures':
      return <Figures block={block} />;
    case 'text':
      return <Text block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'bars':
      return <Bars block={block} />;
    case 'timeline':
      return <Timeline block={block} />;
  }
}

/** What stands in a document, in reading order. */
export function DocumentBlocks({ blocks }: { blocks: DocumentBlock[] }) {
  const name = useName();
  return (
    <>
      {blocks.map((block, place) => (
        <section key={place} className={css.block}>
          {'title' in block && block.title && <h2>{name(block.title)}</h2>}
          {drawn(block)}
        </section>
      ))}
    </>
  );
}

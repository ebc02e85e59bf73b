import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SupportFigure } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { CaseLines } from './CaseLines';
import { useBehind, useFigures, type Figure, type Part, type Span } from './queries';
import css from './support.module.css';

const parts = ['reported', 'due', 'met', 'missed', 'pending', 'withdrawn'] as const;
const percent = (rate: number | null) => (rate === null ? '–' : `${(rate * 100).toFixed(1)}%`);

function Behind({ figure, title, onClose }: { figure: Figure; title: string; onClose: () => void }) {
  const { t } = useTranslation('support');
  const found = useBehind(figure);
  return (
    <Sheet size={640} title={title} onClose={onClose}>
      <Faces query={found} rows={6}>
        {(data) => <CaseLines cases={data.pages.flatMap((page) => page.items)} isCounted />}
      </Faces>
      {found.hasNextPage && (
        <button type="button" className={css.button} disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </button>
      )}
    </Sheet>
  );
}

type Row = { key: string; label: string; figure: SupportFigure; where: { kind?: string; region?: number } };

function FigureTable({ title, rows, open }: { title: string; rows: Row[]; open: (row: Row, part: Part) => void }) {
  const { t } = useTranslation('support');
  return (
    <div className={css.scroll} role="group" aria-label={title} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t('figures.rate')}</th>
            {parts.map((part) => (
              <th key={part} scope="col">
                {t(`figures.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td>{percent(row.figure.rate)}</td>
              {parts.map((part) => (
                <td key={part}>
                  <button type="button" className={css.figure} disabled={row.figure[part] === 0} aria-label={`${row.label} ${t(`figures.${part}`)} ${String(row.figure[part])}`} onClick={() => { open(row, part); }}>
                    {row.figure[part]}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many problems had help in time, by region and kind; every figure opens its cases. */
export function Figures({ span }: { span: Span }) {
  const { t } = useTranslation('support');
  const name = useName();
  const figures = useFigures(span);
  const [shown, setShown] = useState<{ figure: Figure; title: string } | null>(null);
  const open = (row: Row, part: Part) => {
    setShown({ figure: { ...span, ...row.where, part }, title: `${row.label} · ${t(`figures.${part}`)}` });
  };
  return (
    <section className={css.panel} aria-labelledby="figures">
      <h2 id="figures">{t('figures.title')}</h2>
      <Faces query={figures} rows={6}>
        {(data) => (
          <>
            <p className="muted">{data.definition}</p>
            <FigureTable
              title={t('figures.byRegion')}
              open={open}
              rows={[
                { key: 'all', label: t('figures.all'), figure: data.total, where: {} },
                ...data.by_region.map((row) => ({ key: String(row.region?.id), label: row.region?.name ?? '—', figure: row, where: { region: row.region?.id } })),
              ]}
            />
            <FigureTable title={t('figures.byKind')} open={open} rows={data.by_kind.map((row) => ({ key: row.kind.key, label: name(row.kind.name), figure: row, where: { kind: row.kind.key } }))} />
          </>
        )}
      </Faces>
      {shown && <Behind {...shown} onClose={() => { setShown(null); }} />}
    </section>
  );
}

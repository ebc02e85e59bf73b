import type { BoardPanel as Given, Metric } from '@/api/types';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { BarList } from './BarList';
import { explored } from './explore/view';
import { FigureCard } from './FigureCard';
import { narrowed, useFigures, wholePart, type Behind } from './figures';
import { MatrixMap } from './MatrixMap';
import { Footing, Panel } from './Panel';
import { widened, type Span } from './periods';

type Props = { panel: Given; metric: Metric; span: Span; unit: number | null; onOpen: (behind: Behind) => void; onDefine: () => void };

/** One panel of a board: its figure asked for, drawn as the board says, with its footing. */
export function BoardPanel({ panel, metric, span, unit, onOpen, onDefine }: Props) {
  const name = useName();
  const isCard = panel.chart === 'card';
  const own = widened(span, panel.days);
  const where = { ...own, ...(unit === null ? {} : { unit }) };
  const figures = useFigures(metric.key, {
    ...where,
    by: panel.by ?? undefined,
    and_by: panel.and_by ?? undefined,
    compare: isCard ? 'previous' : undefined,
  });
  const title = name(panel.name);
  const open = (narrow: Behind['where'], words: string) => {
    onOpen({ metric: metric.key, title: `${name(metric.name)} · ${words}`, part: wholePart(metric), where: narrow });
  };
  return (
    <Panel title={title} onDefine={onDefine} wide={panel.chart === 'matrix'} explore={explored(panel, metric, own, unit)}>
      <Faces query={figures} rows={isCard ? 4 : 6}>
        {(data) => {
          if (isCard) return <FigureCard metric={metric} figures={data} onOpen={(part, words) => { onOpen({ metric: metric.key, title: words, part, where }); }} />;
          return (
            <>
              {panel.chart === 'matrix' && panel.by && panel.and_by ? (
                <MatrixMap
                  metric={metric}
                  figures={data}
                  by={panel.by}
                  andBy={panel.and_by}
                  label={title}
                  onOpen={(row, words) => { open(narrowed(narrowed(where, panel.by, row.key), panel.and_by, row.and_key), words); }}
                />
              ) : (
                panel.by && <BarList metric={metric} figures={data} by={panel.by} label={title} onOpen={(row, words) => { open(narrowed(where, panel.by, row.key), words); }} />
              )}
              <Footing figures={data} />
            </>
          );
        }}
      </Faces>
    </Panel>
  );
}

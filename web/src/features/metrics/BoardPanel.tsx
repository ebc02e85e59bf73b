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
import type { Width } from './rows';

type Props = { panel: Given; metric: Metric; span: Span; unit: number | null; width: Width; onOpen: (behind: Behind) => void; onDefine: () => void };

/** The figures of a panel. A team without teams below it is told apart by its people: one row would say nothing. */
function useBroken(panel: Given, metric: Metric, where: Span & { unit?: number }) {
  const asked = { ...where, and_by: panel.and_by ?? undefined, compare: panel.chart === 'card' ? ('previous' as const) : undefined };
  const given = useFigures(metric.key, { ...asked, by: panel.by ?? undefined });
  const keys = new Set(given.data?.rows.map((row) => row.key));
  const isAlone = panel.by === 'unit' && keys.size === 1 && metric.dimensions.includes('person');
  const people = useFigures(metric.key, { ...asked, by: 'person' }, isAlone);
  return isAlone ? { figures: people, by: 'person' as const } : { figures: given, by: panel.by };
}

/** One panel of a board: its figure asked for, drawn as the board says, with its footing. */
export function BoardPanel({ panel, metric, span, unit, width, onOpen, onDefine }: Props) {
  const name = useName();
  const isCard = panel.chart === 'card';
  const own = widened(span, panel.days);
  const where = { ...own, ...(unit === null ? {} : { unit }) };
  const { figures, by } = useBroken(panel, metric, where);
  const title = name(panel.name);
  const open = (narrow: Behind['where'], words: string) => {
    onOpen({ metric: metric.key, title: `${name(metric.name)} · ${words}`, part: wholePart(metric), where: narrow });
  };
  return (
    <Panel title={title} onDefine={onDefine} width={width} explore={explored(panel, metric, own, unit)}>
      <Faces query={figures} rows={isCard ? 4 : 6}>
        {(data) => {
          if (isCard) return <FigureCard metric={metric} figures={data} onOpen={(part, words) => { onOpen({ metric: metric.key, title: words, part, where }); }} />;
          return (
            <>
              {panel.chart === 'matrix' && by && panel.and_by ? (
                <MatrixMap
                  metric={metric}
                  figures={data}
                  by={by}
                  andBy={panel.and_by}
                  label={title}
                  onOpen={(row, words) => { open(narrowed(narrowed(where, by, row.key), panel.and_by, row.and_key), words); }}
                />
              ) : (
                by && <BarList metric={metric} figures={data} by={by} label={title} onOpen={(row, words) => { open(narrowed(where, by, row.key), words); }} />
              )}
              <Footing figures={data} />
            </>
          );
        }}
      </Faces>
    </Panel>
  );
}

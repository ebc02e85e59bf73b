import { lazy, Suspense } from 'react';
import type { BoardPanel, Metric } from '@/api/types';
import { withWords } from '@/ui/i18n';
import { useName } from '@/ui/names';
import type { Behind } from '@/features/metrics/figures';
import { Panel } from '@/features/metrics/Panel';
import { widened, type Span } from '@/features/metrics/periods';
import type { Width } from '@/features/metrics/rows';
import { Blockers } from './Blockers';
import { CoverageTiles } from './CoverageTiles';
import type { At } from './panels';
import { RankingList } from './RankingList';
import { RecordList } from './RecordList';
import { StageTable } from './StageTable';

const TargetBars = lazy(() => withWords('targets', import('./TargetBars')));

type Props = { at: At; panel: BoardPanel; metric: Metric | undefined; span: Span; width: Width; onOpen: (behind: Behind) => void; onDefine: (metric: string) => void };

/** A panel that is read at the moment, drawn as the board says. */
export function LivePanel({ at, panel, metric, span, width, onOpen, onDefine }: Props) {
  const title = useName()(panel.name);
  const define = metric && (() => { onDefine(metric.key); });
  if (panel.chart === 'targets')
    return (
      <Suspense fallback={null}>
        <TargetBars span={span} width={width} unit={at.unit} metric={metric} label={title} onOpen={onOpen} onDefine={define} />
      </Suspense>
    );
  return (
    <Panel title={title} width={width} onDefine={define}>
      {panel.chart === 'coverage' && metric && <CoverageTiles at={at} metric={metric} onOpen={onOpen} />}
      {panel.chart === 'list' && <RecordList at={at} title={title} />}
      {panel.chart === 'blockers' && <Blockers at={at} span={widened(span, panel.days)} />}
      {panel.chart === 'stages' && <StageTable at={at} span={widened(span, panel.days)} onOpen={onOpen} onDefine={onDefine} />}
      {panel.chart === 'ranking' && <RankingList at={at} />}
    </Panel>
  );
}

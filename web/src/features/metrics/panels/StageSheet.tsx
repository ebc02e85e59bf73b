import { Sheet } from '@/ui/Sheet';
import type { Span } from '@/features/metrics/periods';
import { useStageRecords, type At, type StageKey } from './panels';
import { StoppedLines } from './StoppedLines';

type Props = { at: At; span: Span; what: StageKey; title: string; onClose: () => void };

/** The deals that something stopped in a stage, or that were lost from it. */
export function StageSheet({ at, span, what: { stage, kind, key }, title, onClose }: Props) {
  return (
    <Sheet size={640} title={title} onClose={onClose}>
      <StoppedLines found={useStageRecords(at, span, { stage, kind, key })} once={kind === 'lost'} />
    </Sheet>
  );
}

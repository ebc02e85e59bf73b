import type { StageMeta } from '@/api/types';
import { useName } from '@/ui/names';
import css from './StageTag.module.css';

/** A stage by name, coloured by what kind of stage it is. */
export function StageTag({ stage }: { stage: StageMeta | undefined }) {
  const name = useName();
  if (!stage) return <span className="muted">–</span>;
  return (
    <span className={css.tag} data-kind={stage.kind}>
      {name(stage.name)}
    </span>
  );
}

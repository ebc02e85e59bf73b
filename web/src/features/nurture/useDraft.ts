import { useRef, useState } from 'react';
import { problemOf } from '@/api/problem';
import { useAutosave, type SaveState } from '@/ui/autosave';

type Kept = { revision: number };

/**
 * A draft that saves itself upon the revision it began from. Where somebody else wrote meanwhile
 * it stops and says who, until the writer takes theirs or keeps their own.
 */
export function useDraft<T>(written: T, revision: number, save: (draft: { definition: T; revision: number | null }) => Promise<Kept>) {
  const base = useRef<number | null>(revision);
  const [conflict, setConflict] = useState<{ by: string; at: string } | null>(null);
  // As text: opening a condition marks its lines, which changes nothing that is sent.
  const saving = useAutosave(JSON.stringify(written), async (next) => {
    try {
      const kept = await save({ definition: JSON.parse(next) as T, revision: base.current });
      base.current = kept.revision;
      setConflict(null);
    } catch (error) {
      const theirs = problemOf(error, 409);
      if (theirs?.problem.code === 'nurture_draft_moved') setConflict({ by: String(theirs.problem['by'] ?? ''), at: String(theirs.problem['at'] ?? '') });
      throw error;
    }
  });
  const overwrite = () => {
    base.current = null;
    return saving.flush();
  };
  const rebase = (next: number) => {
    base.current = next;
  };
  const state: SaveState = conflict ? 'failed' : saving.state;
  return { state, flush: saving.flush, conflict, overwrite, rebase };
}

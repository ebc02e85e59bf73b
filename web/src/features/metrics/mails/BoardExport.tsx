import { lazy, Suspense } from 'react';
import type { Board } from '@/api/types';
import { useName } from '@/ui/names';
import { withWords } from '@/ui/i18n';

const LeaveMenu = lazy(() => withWords('figureMails', import('./LeaveMenu')));

/** A board as a file, or by mail again and again. */
export function BoardExport({ board, period, unit }: { board: Board; period: string; unit: number | null }) {
  const name = useName();
  const leaving = { path: `/api/boards/${board.key}/export`, query: { period, unit }, about: { board: board.key, period, unit }, name: name(board.name) };
  return (
    <Suspense fallback={null}>
      <LeaveMenu leaving={leaving} />
    </Suspense>
  );
}

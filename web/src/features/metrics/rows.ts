import type { Board } from '@/api/types';

type Chart = Board['panels'][number]['chart'];
/** How much of a row a panel takes. */
export type Width = 'third' | 'half' | 'whole';

const broad: readonly Chart[] = ['matrix', 'coverage', 'stages'];

/** The widths of so many panels between two broad ones: three in a row, the last ones two, so that none is left alone. */
function ofRun(count: number): Width[] {
  if (count === 1) return ['whole'];
  const paired = count % 3 === 0 ? 0 : count % 3 === 1 ? 4 : 2;
  return Array.from({ length: count }, (_, at) => (at < count - paired ? 'third' : 'half'));
}

/** How wide each panel of a board stands, in the board's order. */
export function widthsOf(charts: readonly Chart[]): Width[] {
  const found: Width[] = [];
  let run = 0;
  for (const chart of charts) {
    if (!broad.includes(chart)) {
      run += 1;
      continue;
    }
    if (run > 0) found.push(...ofRun(run));
    found.push('whole');
    run = 0;
  }
  return run > 0 ? [...found, ...ofRun(run)] : found;
}

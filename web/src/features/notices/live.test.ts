import { expect, it, vi } from 'vitest';
import type { QueryClient } from '@tanstack/react-query';
import { refresher } from './live';

it('asks once for what several events in quick succession touch, lists and boards with their badges too', () => {
  vi.useFakeTimers();
  const asked: unknown[] = [];
  const cache = { invalidateQueries: ({ queryKey }: { queryKey: unknown }) => asked.push(queryKey) } as unknown as QueryClient;
  const refresh = refresher(cache);
  refresh('clock');
  refresh('approval');
  refresh('clock');
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(asked).toEqual([['clocks'], ['workbench'], ['today'], ['records'], ['record'], ['approvals']]);
  refresh('notice');
  vi.advanceTimersByTime(300);
  expect(asked.at(-1)).toEqual(['notices']);
  vi.useRealTimers();
});

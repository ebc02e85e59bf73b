import { expect, it } from 'vitest';
import type { BoardColumn, RecordItem } from '@/api/types';
import { withPending } from './boardMoves';

const card = (id: number) => ({ id }) as RecordItem;
const column = (stage: string, ids: number[]): BoardColumn => ({
  stage,
  count: ids.length,
  count_capped: false,
  amount: '10.00',
  items: ids.map(card),
  next_cursor: null,
});
const shape = (columns: BoardColumn[]) => columns.map((one) => [one.stage, one.count, one.items.map((item) => item.id)]);

it('shows a dragged card in the column it was dropped on', () => {
  const board = [column('a', [1, 2]), column('b', [3])];
  expect(shape(withPending(board, { record: card(1), from: 'a', to: 'b' }))).toEqual([
    ['a', 1, [2]],
    ['b', 2, [1, 3]],
  ]);
});

it('shows the card where it was once the move is given up', () => {
  const board = [column('a', [1]), column('b', [])];
  expect(withPending(board, null)).toBe(board);
});

it('counts a card once when the server already moved it', () => {
  const board = [column('a', []), column('b', [1])];
  expect(shape(withPending(board, { record: card(1), from: 'a', to: 'b' }))).toEqual([
    ['a', 0, []],
    ['b', 1, [1]],
  ]);
});

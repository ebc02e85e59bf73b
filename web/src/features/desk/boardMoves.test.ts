import { expect, it } from 'vitest';
import type { BoardColumn, RecordItem, TypeMeta } from '@/api/types';
import { ProblemError } from '@/api/problem';
import { opensSheet, stageConflict, withPending } from './boardMoves';

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

const lead = { key: 'lead', stages: [{ key: 'mql', kind: 'open' }, { key: 'converted', kind: 'won' }] } as TypeMeta;
const no = (status: number, code: string, more: object = {}) => new ProblemError({ title: code, status, code, ...more });

it('goes on in a sheet where something is missing or a lead is converted', () => {
  expect(opensSheet(no(423, 'stage_locked'), lead, 'mql')).toBe(true);
  expect(opensSheet(no(423, 'stage_locked'), lead, 'converted')).toBe(true);
  expect(opensSheet(no(409, 'conversion_needed'), lead, 'converted')).toBe(true);
  expect(opensSheet(no(422, 'move_not_allowed'), lead, 'mql')).toBe(true);
  expect(opensSheet(no(422, 'move_not_allowed'), lead, 'converted')).toBe(false);
  expect(opensSheet(no(409, 'other'), lead, 'mql')).toBe(false);
});

it('tells both stages of a card that somebody else moved', () => {
  const conflict = [{ field: 'stage', yours: 'mql', theirs: 'sql' }];
  expect(stageConflict(no(412, 'edit_conflict', { conflict }))).toEqual({ yours: 'mql', theirs: 'sql' });
  expect(stageConflict(no(412, 'edit_conflict', { conflict: [] }))).toBeNull();
  expect(stageConflict(no(409, 'edit_conflict', { conflict }))).toBeNull();
  expect(stageConflict(null)).toBeNull();
});

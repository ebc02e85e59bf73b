import { expect, it } from 'vitest';
import type { Unit } from '@/api/types';
import { treeOf, treeOptions, unitsLedBy } from './tree';

const unit = (id: number, parent_id: number | null, position = 0) => ({ id, parent_id, name: `u${id}`, position }) as Unit;

it('hangs units on their parents in their order', () => {
  const tree = treeOf([unit(1, null), unit(3, 1, 2), unit(2, 1, 1)]);
  expect(tree.map((branch) => [branch.unit.id, branch.branches.map((one) => one.unit.id)])).toEqual([[1, [2, 3]]]);
});

it('keeps a unit whose parent is not in sight', () => {
  expect(treeOf([unit(5, 99)]).map((branch) => branch.unit.id)).toEqual([5]);
});

it('indents by depth', () => {
  expect(treeOptions([unit(1, null), unit(2, 1)]).map((option) => option.label)).toEqual(['u1', '\u3000u2']);
});

it('finds the units that somebody heads with all below, each once', () => {
  const led = (id: number, parent: number | null, head: number | null) => ({ ...unit(id, parent), head: head === null ? null : { id: head, name: '' } }) as Unit;
  const units = [led(1, null, 7), led(2, 1, 8), led(3, 2, null), led(4, 3, 8), led(5, 1, 9)];
  expect(unitsLedBy(8, units).map((one) => one.id)).toEqual([2, 3, 4]);
  expect(unitsLedBy(6, units)).toEqual([]);
});

import { expect, it } from 'vitest';
import type { Grant } from '@/api/types';
import { customCells, scopeOf, unitsOf, withGrant } from './grants';

const grants: Grant[] = [{ record_type: 'deal', verb: 'read', scope: 'unit', unit_ids: [] }];

it('reads a cell, and none where there is no grant', () => {
  expect(scopeOf(grants, 'deal', 'read')).toBe('unit');
  expect(scopeOf(grants, 'deal', 'edit')).toBe('none');
});

it('replaces a cell', () => {
  expect(withGrant(grants, 'deal', 'read', 'all')).toEqual([{ record_type: 'deal', verb: 'read', scope: 'all', unit_ids: [] }]);
});

it('takes a grant away with none', () => {
  expect(withGrant(grants, 'deal', 'read', 'none')).toEqual([]);
});

it('keeps the units of a custom scope', () => {
  const custom = withGrant(grants, 'deal', 'edit', 'custom', [3, 5]);
  expect(unitsOf(custom, 'deal', 'edit')).toEqual([3, 5]);
  expect(unitsOf(custom, 'deal', 'read')).toEqual([]);
  expect(customCells(custom, ['*', 'deal'], ['read', 'edit'])).toEqual([{ recordType: 'deal', verb: 'edit' }]);
});

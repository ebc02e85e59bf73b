import { describe, expect, it } from 'vitest';
import { isStock, lacking, lengthOf, standardFor, type Evidence, type Standard } from './standards';

const name = { 'zh-CN': '标准' };
const item = (key: string, kind: string, more = {}) => ({ key, kind, name, ...more });
const visit: Standard = {
  key: 'visit',
  version: 1,
  name,
  kinds: ['visit'],
  unit_ids: null,
  record_type: null,
  stages: null,
  at_least: null,
  items: [item('place', 'place'), item('photo', 'files'), item('pain', 'text', { max_length: 120 }), item('next', 'next_date')],
};
const talk: Standard = { ...visit, key: 'talk', kinds: ['call', 'chat'], at_least: 1, items: [item('need', 'tick'), item('next_step', 'tick')] };
const nothing: Evidence = { at: '2026-05-12T02:00:00Z', text: '', ticks: [], next_at: null, has_place: false, files: {}, store: {} };

describe('the standard', () => {
  const contact = { kind: 'visit', record_type: 'deal', stage: 'quote', units: [4, 2, 1] };
  const any = { ...visit, key: 'any', kinds: [] };
  const ofDeals = { ...visit, key: 'deals', record_type: 'deal' };
  const ofTeam = { ...visit, key: 'team', unit_ids: [4] };
  const ofStage = { ...visit, key: 'stage', record_type: 'deal', stages: ['quote'] };
  const ofRegion = { ...visit, key: 'a-region', unit_ids: [2] };
  const otherTeam = { ...visit, key: 'a-team', unit_ids: [5] };

  it.each([
    [[any, visit], 'visit'],
    [[visit, ofDeals], 'deals'],
    [[ofDeals, ofTeam], 'team'],
    [[ofTeam, ofStage], 'stage'],
    [[ofRegion, ofTeam], 'team'],
    [[ofRegion, ofDeals], 'a-region'],
    [[visit, otherTeam], 'visit'],
    [[{ ...visit, key: 'b' }, { ...visit, key: 'a' }], 'a'],
  ])('is the most specific one', (standards, key) => {
    expect(standardFor(standards, contact)?.key).toBe(key);
  });

  it('is none where none applies', () => {
    expect(standardFor([talk], contact)).toBeNull();
    expect(standardFor([ofStage], { ...contact, stage: null })).toBeNull();
  });
});

/** What each subset of the evidence for a visit lacks. */
const pieces: [string, Partial<Evidence>][] = [
  ['place', { has_place: true }],
  ['photo', { files: { photo: 1 } }],
  ['pain', { text: '排队久' }],
  ['next', { next_at: '2026-05-15T01:00:00Z' }],
];
const subsets = Array.from({ length: 16 }, (_, bits) => pieces.filter((_piece, index) => bits & (1 << index)));

describe('a visit', () => {
  it.each(subsets)('lacks exactly what is not there, and counts only when all is', (...given: typeof pieces) => {
    const evidence = given.reduce((all, [, piece]) => ({ ...all, ...piece }), nothing);
    const { lacks, needed } = lacking(visit, evidence);
    const keys = given.map(([key]) => key);
    expect(lacks.map((lack) => lack.item.key)).toEqual(pieces.map(([key]) => key).filter((key) => !keys.includes(key)));
    expect(needed).toBe(4 - given.length);
  });

  it('says what is wrong with what is there', () => {
    const photos = { ...visit, items: [item('photo', 'files', { at_least: 2 }), item('pain', 'text', { max_length: 3 }), item('next', 'next_date')] };
    const evidence = { ...nothing, files: { photo: 1 }, text: '四个字的', next_at: nothing.at };
    expect(lacking(photos, evidence).lacks.map((lack) => lack.shortfall)).toEqual(['too_few', 'too_long', 'not_later']);
  });
});

it('counts a call with any one of its ticks', () => {
  expect(lacking(talk, nothing)).toMatchObject({ needed: 1, lacks: [{}, {}] });
  expect(lacking(talk, { ...nothing, ticks: ['next_step'] })).toEqual({ needed: 0, lacks: [] });
});

it('finds other texts in the store', () => {
  const shelf = { ...visit, items: [item('shelf', 'text')] };
  expect(lacking(shelf, { ...nothing, text: '排队久' }).needed).toBe(1);
  expect(lacking(shelf, { ...nothing, store: { shelf: '三排' } }).needed).toBe(0);
});

it('counts characters as people see them', () => {
  expect(lengthOf(' 𠮷野家👍 ')).toBe(4);
});

it.each([
  ['已联系', true],
  ['已联系，再沟通。', true],
  ['已联系院长谈预算', false],
  ['', false],
])('knows that %s says nothing: %s', (text, says) => {
  expect(isStock(text, ['已联系', '再沟通'])).toBe(says);
});

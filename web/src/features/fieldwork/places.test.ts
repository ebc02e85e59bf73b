import { expect, it } from 'vitest';
import { initialsOf, isNamed } from './initials';
import { distance_m, toMap, type Place } from './places';

const tower: Place = { latitude: 31.2397, longitude: 121.4998, system: 'WGS84' };

it('measures the way between two places', () => {
  const north: Place = { ...tower, latitude: tower.latitude + 0.01 };
  expect(distance_m(tower, tower)).toBe(0);
  expect(distance_m(tower, north)).toBeCloseTo(1112, 0);
});

it('knows one place in both coordinates, which lie hundreds of metres apart on the map', () => {
  const drawn = toMap(tower);
  expect(drawn.latitude).toBeCloseTo(31.2377, 3);
  expect(drawn.longitude).toBeCloseTo(121.5043, 3);
  expect(distance_m(tower, drawn)).toBe(0);
  expect(distance_m({ ...tower, system: 'GCJ02' }, drawn)).toBeGreaterThan(400);
  expect(toMap(drawn)).toBe(drawn);
});

it.each([
  ['星海医院', 'xhyy'],
  ['苏州市立医院', 'szslyy'],
  ['江苏省人民医院', 'jssrmyy'],
  ['安庆大学附属口腔医院', 'aqdxfskqyy'],
  ['四川华西 CT 中心', 'schxctzx'],
])('tells the first letters of %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('finds a name by two of its characters or letters', () => {
  expect(isNamed('苏州市立医院', '市立')).toBe(true);
  expect(isNamed('苏州市立医院', 'SZ')).toBe(true);
  expect(isNamed('苏州市立医院', '南京')).toBe(false);
  expect(isNamed('苏州市立医院', 'nj')).toBe(false);
  expect(isNamed('苏州市立医院', ' ')).toBe(true);
});

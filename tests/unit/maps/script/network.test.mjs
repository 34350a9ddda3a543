import assert from 'node:assert/strict';
import test from 'node:test';
import { unpack } from '../../../../src/twingraph/maps/script/logic/columns.js';
import { commonest, countBy, ranked } from '../../../../src/twingraph/maps/script/logic/counting.js';
import { arrowStatus, kindOf, statusOf } from '../../../../src/twingraph/maps/script/logic/kinds.js';
import { greatCircleKm, readNetwork } from '../../../../src/twingraph/maps/script/logic/network.js';

const pack = (rows) => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const column = (name) => rows.map((row) => row[name] ?? null);
  return { n: rows.length, columns: Object.fromEntries(names.map((name) => [name, column(name)])) };
};
const data = (more = {}) => ({
  places: pack([
    { key: 1, n_en: 'Zhytomyr', country: 'UA', home: true, x: 0, y: 0 },
    { key: 'name:PL/x', n_en: 'Rawicz', country: 'PL', x: 10, y: 20 },
    { key: 3, n_en: 'Lviv', country: 'UA' },
  ]),
  ties: pack([
    { a: 1, b: 0, kind: 'twin_town', status: 'active', since: '2022-12', until: '2024' },
    { a: 0, b: 2, kind: 'contact', status: 'active' },
  ]),
  acts: pack([
    { tie: 0, kind: 'twin_town', status: 'active', signed: ['A', 'B'], approved: 'Council' },
    { tie: 0, kind: 'memorandum', status: 'planned', signed: ['B'] },
  ]),
  statements: pack([{ tie: 0, since: '2021', until: '' }]),
  arrows: [
    { type: 'aid', a: 1, b: 0 },
    { type: 'aid', a: 0, b: 0 },
  ],
  members: [{ a: 1, b: 2 }],
  programmes: [{ name: 'Cities4Cities' }],
  parts: [{ a: 0, p: 0 }],
  countries: { UA: { n: { en: 'Ukraine' } }, PL: { n: { en: 'Poland' }, xy: [5, 5], net: [0, 0] } },
  scope: { type: 'region' },
  gather: false,
  ...more,
});

test('columns come back as rows', () => {
  const columns = {
    all: { c: 7 },
    steps: { s: [5, 1, -2] },
    some: { i: [3], v: ['x'] },
    coded: { d: ['p'], v: [0, 0, 0] },
  };
  assert.deepEqual(unpack({ n: 3, columns }), [
    { id: 0, all: 7, steps: 5, coded: 'p' },
    { id: 1, all: 7, steps: 6, coded: 'p' },
    { id: 2, all: 7, steps: 4, coded: 'p', some: 'x' },
  ]);
});

test('a place knows its ties, records, members and programmes', () => {
  const { places, ties, programmes, otherEnd, partnersOf } = readNetwork(data());
  const [zhytomyr, rawicz, lviv] = places;
  assert.equal(zhytomyr.key, 'geonames:1');
  assert.deepEqual([...partnersOf(zhytomyr)], [1, 2]);
  assert.equal(otherEnd(ties[0], rawicz), zhytomyr);
  assert.deepEqual([zhytomyr.arrows.length, rawicz.arrows.length, lviv.arrows.length], [2, 1, 0]);
  assert.deepEqual([rawicz.joins.length, lviv.members.length, programmes[0].parts.length], [1, 1, 1]);
  assert.deepEqual([ties[0].from, ties[0].to, ties[1].from, ties[1].domestic], [2022, 2024, null, true]);
});

test('the end at home comes first', () => {
  const { places, ties, endsOf, tieKey } = readNetwork(data());
  assert.deepEqual(endsOf(ties[0]), [places[0], places[1]]);
  assert.equal(tieKey(ties[0]), 'name:PL/x|geonames:1');
});

test('a pair lists its acts and everybody who signed or approved one', () => {
  const [tie, other] = readNetwork(data()).ties;
  assert.deepEqual(
    tie.acts.map(({ kind, status }) => [kind, status]),
    [
      ['twin_town', 'active'],
      ['memorandum', 'planned'],
    ],
  );
  assert.deepEqual([tie.signed, tie.approved], [['A', 'B'], 'Council']);
  assert.deepEqual([other.acts.length, other.signed], [0, undefined]);
});

test('a statement has the facts of its partnership except those it states otherwise', () => {
  const { ties, statementsOf } = readNetwork(data());
  const [{ kind, status, since, until }] = statementsOf(ties[0]);
  assert.deepEqual([kind, status, since, until], ['twin_town', 'active', '2021', '']);
  assert.equal(statementsOf(ties[1]), undefined);
});

test('a gathered map has a group for each country, at its middle or among its places', () => {
  const { places, groups, townCount, networkSpot } = readNetwork(data({ gather: true }));
  assert.equal(townCount, 3);
  assert.deepEqual(groups.get('PL').xy, [5, 5]);
  assert.deepEqual(groups.get('UA').xy, [0, 0]);
  assert.deepEqual([groups.get('UA').ties.length, groups.get('PL').ties.length], [2, 1]);
  assert.equal(places[groups.get('PL').id], groups.get('PL'));
  assert.ok(Math.hypot(...networkSpot(places[1])) < 15, 'in the disc of its country');
});

test('Zhytomyr is 839 km from Rawicz', () => {
  assert.ok(Math.abs(greatCircleKm({ lat: 50.26, lon: 28.67 }, { lat: 51.61, lon: 16.86 }) - 839) < 2);
});

test('counts are ranked, equal ones by name', () => {
  assert.deepEqual(ranked(countBy('banana', (letter) => letter)), [
    ['a', 3],
    ['n', 2],
    ['b', 1],
  ]);
  assert.equal(
    commonest(['y', 'x'], (each) => each),
    'x',
  );
});

test('what the page has no line for is other, unknown, or the first status of its layer', () => {
  assert.equal(kindOf({ kind: 'sister' }), 'other');
  assert.equal(statusOf({}), 'unknown');
  assert.equal(arrowStatus({ dashes: { open: [], matched: [] } }, { status: 'odd' }), 'open');
  assert.equal(arrowStatus({}, { status: 'open' }), null);
});

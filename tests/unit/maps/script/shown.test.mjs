import assert from 'node:assert/strict';
import test from 'node:test';
import { findShown, tiesOfAllYears } from '../../../../src/twingraph/maps/script/logic/shown.js';
import { describeFilters, nameFilters } from '../../../../src/twingraph/maps/script/logic/showing.js';

const places = [{ country: 'UA', home: true }, { country: 'PL' }, { country: 'DE' }];
const make = (id, b, facts) => ({ id, a: 0, b, kind: 'twin_town', status: 'active', from: null, to: null, ...facts });
const ties = [
  make(0, 1, { from: 2000 }),
  make(1, 2, { from: 2022, kind: 'memorandum' }),
  make(2, 2, { status: 'planned' }),
];
const arrows = [
  { type: 'aid', a: 1, b: 0, since: '2022-03' },
  { type: 'hosted', a: 2, b: 0, since: '2014', until: '2016-05-01' },
  { type: 'sought', a: 0, b: 2 },
];
const network = { ties, endsOf: (tie) => [places[tie.a], places[tie.b]], isWorld: false };
const everything = { arrows, places, now: 2026 };
const none = { kinds: new Set(), statuses: new Set(), countries: new Set(), year: null, undated: true };
const find = (filters) => {
  const found = findShown({ ...none, ...filters }, network, everything);
  return [found.ties.map((tie) => tie.id), [...found.arrows].map((arrow) => arrow.type)];
};

test('without a filter everything is shown', () => {
  assert.deepEqual(find({}), [
    [0, 1, 2],
    ['aid', 'hosted', 'sought'],
  ]);
  assert.equal(findShown(none, network, everything).ties, ties);
});

test('kind and status are of partnerships and leave aid alone', () => {
  assert.deepEqual(find({ kinds: new Set(['memorandum']) }), [
    [0, 2],
    ['aid', 'hosted', 'sought'],
  ]);
  assert.deepEqual(find({ statuses: new Set(['planned']) }), [
    [0, 1],
    ['aid', 'hosted', 'sought'],
  ]);
});

test('a country leaves its partnerships and its aid', () => {
  assert.deepEqual(find({ countries: new Set(['PL']) }), [[0], ['aid']]);
});

test('no aid is shown before it was sent and nobody is hosted after the end', () => {
  assert.deepEqual(find({ year: 1990, undated: false }), [[], []]);
  assert.deepEqual(find({ year: 2015, undated: false }), [[0], ['hosted']]);
  assert.deepEqual(find({ year: 2023, undated: false }), [[0, 1], ['aid']]);
});

test('records without a date are a choice of the reader, as partnerships are', () => {
  assert.deepEqual(find({ year: 2015, undated: true })[1], ['hosted', 'sought']);
  assert.deepEqual(find({ undated: false })[1], ['aid', 'hosted']);
});

test('the histogram counts what the other filters leave in all years', () => {
  const chosen = { ...none, year: 1990, undated: false, countries: new Set(['DE']) };
  assert.deepEqual(
    tiesOfAllYears(chosen, network).map((tie) => tie.id),
    [1, 2],
  );
});

const t = (key, values = {}) => `${key}${Object.keys(values).length ? `(${Object.values(values).join('|')})` : ''}`;
const words = { t, country: (code) => code, number: String };

test('a saved picture names each filter and counts what it leaves', () => {
  const chosen = { ...none, kinds: new Set(['memorandum']), countries: new Set(['PL']), year: 2015, undated: false };
  const named = nameFilters(chosen, ties, words);
  assert.equal(named, 'filter_kind(kind_twin_town); filter_country(PL); years_at(2015); filter_dated');
  assert.equal(describeFilters(named, 1, 3, words), `filtered(${named}; filtered_shown(3|1))`);
  assert.equal(describeFilters(nameFilters(none, ties, words), 3, 3, words), '');
});

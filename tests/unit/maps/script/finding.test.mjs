import assert from 'node:assert/strict';
import test from 'node:test';
import { findByName, fold, indexNames, tableRows } from '../../../../src/twingraph/maps/script/logic/finding.js';

const place = (names, ties = 0) => ({ names, place: { ties: Array.from({ length: ties }) } });

test('a name is found in any spelling', () => {
  assert.equal(fold('Gdańsk–Gdynia'), fold('gdansk gdynia'));
  assert.equal(fold('Кам’янець-Подільський'), fold("КАМ'ЯНЕЦЬ ПОДІЛЬСЬКИЙ'"));
  assert.equal(fold('Łódź'), 'lodz');
  assert.equal(fold('Weißenfels (Saale)'), 'weissenfels saale');
  assert.equal(fold('  '), '');
});

test('й and ї are found when they are typed as combining marks', () => {
  assert.equal(fold('Київ'), fold('Киі\u0308в'));
});

test('a whole name comes before its beginning, a word, and any part', () => {
  const index = indexNames([
    place(['Biel']),
    place(['Bad Abel']),
    place(['Abelstadt']),
    place(['Kabel']),
    place(['Abel']),
    place(['Aachen', 'Abel']),
  ]);
  const found = findByName(index, 'abel').map((entry) => entry.names[0]);
  assert.deepEqual(found, ['Aachen', 'Abel', 'Abelstadt', 'Bad Abel', 'Kabel']);
});

test('the place with more partnerships comes first, and the name that matched is given', () => {
  const index = indexNames([place(['Lviv', 'Lwów'], 2), place(['Lwówek Śląski'], 1), place(['Lwówek'], 9)]);
  const found = findByName(index, 'lwow');
  assert.deepEqual(
    found.map((entry) => entry.by),
    ['Lwów', 'Lwówek', 'Lwówek Śląski'],
  );
  assert.deepEqual(findByName(index, ' - '), []);
});

test('a table filters by words in any order and puts unknown cells last', () => {
  const items = [
    { n: 'Rawicz', y: '' },
    { n: 'Gdynia', y: '2022' },
    { n: 'Łódź', y: '1999' },
  ];
  const columns = { n: (item) => item.n, y: (item) => item.y };
  const names = (options) =>
    tableRows(items, columns, { filter: '', lang: 'en', ...options }).map(({ cells }) => cells.n);
  assert.deepEqual(names({ sort: { key: 'y', down: false } }), ['Łódź', 'Gdynia', 'Rawicz']);
  assert.deepEqual(names({ sort: { key: 'y', down: true } }), ['Gdynia', 'Łódź', 'Rawicz']);
  assert.deepEqual(names({ sort: { key: 'n', down: false }, filter: '2022 gdy' }), ['Gdynia']);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { findByName, indexNames, tableRows } from '../../../../src/twingraph/maps/script/logic/finding.js';
import { distance, fold, soundsOf } from '../../../../src/twingraph/maps/script/logic/spelling.js';

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

const namesOf = (index, typed) => findByName(index, typed).map((entry) => entry.names[0]);

test('one name in the letters of other languages and scripts is one sound', () => {
  for (const same of [
    ['Zhytomyr', 'Zhitomir', 'Житомир', 'Žytomyr', 'Zhytomir'],
    ['Kharkiv', 'Kharkov', 'Харків', 'Харьков', 'Khar’kov'],
    ['Chernihiv', 'Chernigov', 'Чернигов', 'Tschernihiw', 'Černihiv'],
    ['Vinnytsia', 'Vinnitsa', 'Вінниця', 'Winnica', 'Винница'],
    ['Warszawa', 'Варшава', 'Warschawa'],
  ]) {
    const sounds = new Set(same.map((name) => soundsOf(fold(name))));
    assert.equal(sounds.size, 1, `${same}: ${[...sounds]}`);
  }
  const index = indexNames([place(['Kherson']), place(['Kharkiv']), place(['Chernihiv']), place(['Vinnytsia'])]);
  assert.deepEqual(namesOf(index, 'Чернигов'), ['Chernihiv']);
  assert.deepEqual(namesOf(index, 'Charków'), ['Kharkiv']);
  assert.deepEqual(namesOf(index, 'Cherson'), ['Kherson']);
});

test('a wrong, a missing and two exchanged letters are guessed, and never before what is called so', () => {
  assert.deepEqual(
    [distance('rawicz', 'rawcz', 2), distance('lviv', 'livv', 2), distance('abc', 'xyz', 2), distance('', 'abcd', 2)],
    [1, 1, 3, 3],
  );
  const index = indexNames([place(['Zhytomyr'], 9), place(['Lviv'], 5), place(['Lvivka'], 1), place(['Korosten'], 3)]);
  for (const typed of ['Zhytmoyr', 'Zytomyr', 'Zhytomyrr', 'Zhytonir']) {
    assert.deepEqual(namesOf(index, typed), ['Zhytomyr'], typed);
  }
  assert.deepEqual(namesOf(index, 'Korosetn'), ['Korosten']);
  assert.equal(findByName(index, 'Korosetn')[0].isGuess, true);
  assert.equal(findByName(index, 'Korosten')[0].isGuess, undefined);
  assert.deepEqual(namesOf(index, 'Livv'), ['Lviv']);
  assert.deepEqual(namesOf(index, 'Kyiv'), []);
  assert.deepEqual(namesOf(index, 'xx'), []);
});

test('a word for the kind of a place chooses among namesakes', () => {
  const region = { type: 'region', code: 'UA-18', names: ['Zhytomyr', 'Житомирська область', 'Zhytomyr oblast'] };
  const town = { place: { type: 'municipality', ties: [1] }, names: ['Zhytomyr', 'Житомир', 'Житомирська громада'] };
  const index = indexNames([town, region]);
  const first = (typed) => findByName(index, typed)[0]?.type ?? 'town';
  assert.equal(first('Zhytomyr oblast'), 'region');
  assert.equal(first('Житомирська область'), 'region');
  assert.equal(first('Zhytomyr region'), 'region');
  assert.equal(first('область Житомирська'), 'region');
  assert.equal(first('Zhytomyr'), 'town');
  assert.equal(first('Житомирська громада'), 'town');
  assert.equal(first('Житомирська міська територіальна громада'), 'town');
  assert.equal(first('Zhytomyr hromada'), 'town');
  assert.equal(first('м. Житомир'), 'town');
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

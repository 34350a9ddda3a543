import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { countTies, headline } from '../../../../src/twingraph/maps/script/logic/headline.js';
import { createWords } from '../../../../src/twingraph/maps/script/logic/words.js';

const strings = new URL('../../../../src/twingraph/maps/assets/strings.json', import.meta.url);
const texts = JSON.parse(readFileSync(strings, 'utf8'));
const [en, uk] = ['en', 'uk'].map((lang) => createWords({ texts, lang, scope: { n: {} } }).t);

const places = [
  { key: 'a', type: 'municipality', country: 'UA', home: true, hromada: 0 },
  { key: 'b', type: 'municipality', country: 'UA', home: true, hromada: 0 }, // of the same hromada
  { key: 'c', type: 'municipality', kind: 'raion', country: 'UA', home: true },
  { key: 'd', type: 'region', country: 'UA', home: true },
  { key: 'e', type: 'municipality', country: 'PL' },
  { key: 'f', type: 'municipality', country: 'DE' },
  { key: 'g', type: 'municipality' },
];
const tie = (a, b, status) => ({ a, b, status });
const ties = [
  tie(0, 4, 'active'),
  tie(1, 5, 'active'),
  tie(2, 4, 'unknown'),
  tie(3, 5, 'terminated'),
  tie(0, 1, 'active'),
  tie(0, 6, 'planned'),
];
const about = { scope: 'X', isEverywhere: false, isOnePlace: false, applications: 0 };

test('what is in force, planned, ended, foreign, domestic and who has a partner are counted apart', () => {
  assert.deepEqual(countTies(ties, places, false), {
    partnerships: 6,
    statuses: { active: 3, planned: 1, terminated: 1, unknown: 1 },
    foreign: 4,
    domestic: 1,
    unknown_country: 1,
    countries: 2,
    domestic_countries: 1,
    with_partner: { hromada: 1, raion: 1 },
  });
});

test('the headline of a filtered view counts what is shown', () => {
  const all = headline(countTies(ties, places, false), about, en);
  assert.equal(
    all,
    'X: 6 partnerships (3 in force, 1 planned, 1 ended, 1 of unknown status): 4 with 2 countries, ' +
      '1 inside one country, 1 with an unknown country; with a partner: 1 hromada, 1 raion',
  );
  const ended = countTies(
    ties.filter(({ status }) => status === 'terminated'),
    places,
    false,
  );
  assert.equal(headline(ended, about, en), 'X: 1 ended partnership with 1 country');
});

test('where everything is at home, both ends have a partner and countries are joined with each other', () => {
  const counts = countTies(ties.slice(0, 2), places, true);
  assert.equal(
    headline(counts, { ...about, isEverywhere: true }, en),
    'X: 2 partnerships in force between 3 countries; with a partner: 1 hromada, 2 other municipalities',
  );
});

test('a map without partnerships names its applications', () => {
  const none = countTies([], places, false);
  assert.equal(headline(none, { ...about, applications: 2 }, uk), 'X: партнерств не знайдено; 2 заявки на партнерство');
});

test('every number has its form in Ukrainian', () => {
  const inForce = [0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111].map((n) => uk('ties_active', { n }));
  assert.deepEqual(inForce, [
    '0 чинних партнерств',
    '1 чинне партнерство',
    '2 чинні партнерства',
    '5 чинних партнерств',
    '11 чинних партнерств',
    '12 чинних партнерств',
    '21 чинне партнерство',
    '22 чинні партнерства',
    '25 чинних партнерств',
    '101 чинне партнерство',
    '111 чинних партнерств',
  ]);
});

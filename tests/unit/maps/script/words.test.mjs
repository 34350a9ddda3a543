import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createWords, shorten } from '../../../../src/twingraph/maps/script/logic/words.js';

const strings = new URL('../../../../src/twingraph/maps/assets/strings.json', import.meta.url);
const texts = JSON.parse(readFileSync(strings, 'utf8'));
const data = {
  texts,
  lang: 'en',
  countries: { PL: { n: { en: 'Poland', uk: 'Польща' } } },
  regions: { 'UA-18': { n: { en: 'Zhytomyr', uk: 'Житомирська область' } }, 'UA-30': { n: { en: 'Kyiv City' } } },
  scope: { type: 'region', key: 'UA-18', n: { en: 'Zhytomyr', uk: 'Житомирська область' } },
};
const inLanguage = (lang) => createWords({ ...data, lang });

test('numbers choose the plural form of their language', () => {
  const [en, uk] = ['en', 'uk'].map(inLanguage);
  assert.equal(en.t('n_ties', { n: 1 }), '1 partnership');
  assert.equal(en.t('n_ties', { n: 1234 }), '1,234 partnerships');
  const forms = [1, 2, 5, 11, 21, 22, 112].map((n) => uk.t('n_ties', { n }).split(' ')[1]);
  assert.deepEqual(forms, [
    'партнерство',
    'партнерства',
    'партнерств',
    'партнерств',
    'партнерство',
    'партнерства',
    'партнерств',
  ]);
});

test('a date is never more exact than its source', () => {
  const en = inLanguage('en');
  assert.deepEqual(['2022-12-23', '2022-11', '2022', ''].map(en.date), [
    '23 December 2022',
    'November 2022',
    '2022',
    '',
  ]);
});

test('a Ukrainian date takes the genitive after a preposition', () => {
  const uk = inLanguage('uk');
  assert.equal(uk.span({ since: '2022-11' }), 'від листопада 2022 року');
  assert.equal(uk.span({ since: '2022-12-23' }), 'від 23 грудня 2022 року');
  assert.equal(uk.span({ until: '2020' }), 'до 2020 року');
  assert.equal(uk.span({}), 'дату не вказано');
});

test('an oblast is called an oblast, a city of that rank is not', () => {
  const en = inLanguage('en');
  assert.equal(en.region('UA-18'), 'Zhytomyr oblast');
  assert.equal(en.region('UA-30'), 'Kyiv City');
  assert.equal(inLanguage('uk').scope(), 'Житомирська область');
});

test('a name missing in a language is shown as it is written at home', () => {
  assert.equal(inLanguage('uk').name({ n: { en: 'Wabash', local: 'Wabash City' } }), 'Wabash City');
  assert.equal(inLanguage('en').name({ n: { local: 'Равич' } }), 'Равич');
  assert.equal(inLanguage('en').country('ZZ'), 'ZZ');
});

test('a name that runs from right to left keeps its marks inside it, and a long one is cut', () => {
  const words = createWords({ ...data, scope: { type: 'municipality', n: { en: 'abc\u202edef' } } });
  assert.equal(words.scope(), '\u2068abc\u202edef\u2069');
  assert.equal(shorten('abcdef', 4), 'abc…');
});

test('a word that the catalogue lacks is shown without its prefix', () => {
  assert.equal(inLanguage('en').t('goods_school_buses'), 'school buses');
});

test('a source without a publisher is named by its host', () => {
  const en = inLanguage('en');
  assert.equal(en.host({ url: 'https://www.example.org/a' }), 'example.org');
  assert.equal(en.host({ title: 'Book' }), 'Book');
});

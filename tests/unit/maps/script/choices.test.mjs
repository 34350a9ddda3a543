import assert from 'node:assert/strict';
import test from 'node:test';
import {
  formatAddress,
  isUnfiltered,
  parseAddress,
  passesFilters,
  yearRange,
} from '../../../../src/twingraph/maps/script/logic/choices.js';

const data = {
  countries: { PL: {}, DE: {} },
  open: [],
  color: 'kind',
  colors: ['kind', 'status'],
  lang: 'en',
  gather: true,
};
const layerTypes = ['aid', 'sought'];
const years = { first: 1990, last: 2026 };
const parse = (hash, more = {}) => parseAddress(hash, { layerTypes, layersAtFirst: new Set(), years, data, ...more });
const none = { kinds: new Set(), statuses: new Set(), countries: new Set(), year: null };
const [home, away] = [{ country: 'UA' }, { country: 'PL' }];
const tie = { kind: 'twin_town', status: 'active', from: 2000, to: 2010, domestic: false };
const passes = (filters, isWorld = false) => passesFilters(tie, { ...none, ...filters }, [home, away], isWorld);

test('an address brings the same choices back', () => {
  const hash = 'select=geonames%3A1&hide=memorandum&country=PL&year=2012&show=aid%2Cno-members&layout=network&lang=uk';
  const { select, lang, ...chosen } = parse(hash);
  assert.equal(select, 'geonames:1');
  assert.equal(formatAddress(chosen, { select, layerTypes, data, lang }), hash);
});

test('the choices of a new page need no address', () => {
  const { select, ...chosen } = parse('');
  assert.ok(isUnfiltered(chosen));
  assert.equal(formatAddress(chosen, { select, layerTypes, data, lang: 'en' }), '');
});

test('a broken address shows the whole map', () => {
  const chosen = parse('hide=x,y&year=abc&country=ZZ,__proto__&color=red&layout=3d&lang=xx&open=toString&%');
  assert.ok(isUnfiltered(chosen));
  assert.deepEqual([chosen.color, chosen.layout, chosen.lang, chosen.open.size], ['kind', 'map', null, 0]);
});

test('a year outside the data becomes the nearest one in it', () => {
  assert.equal(parse('year=1').year, 1990);
  assert.equal(parse('year=9999').year, 2026);
  assert.equal(parse('year=2000', { years: null }).year, null);
});

test('a map with nothing but applications shows them', () => {
  assert.deepEqual([...parse('', { layersAtFirst: new Set(['sought']) }).layers], ['sought']);
});

test('the range of years ends at the day of the data, or with a plan beyond it', () => {
  const dated = [
    { from: 2000, to: null },
    { from: 2027, to: null },
    { from: 1990, to: 2000 },
  ];
  assert.deepEqual(yearRange(dated, '2026-11-23'), { first: 1990, last: 2027, dated: [1990, 2000, 2027] });
  assert.equal(yearRange(dated.slice(0, 1), '2026-11-23').last, 2026);
  assert.equal(yearRange([{ from: null, to: null }], '2026'), null);
});

test('a partnership passes the years in which it was in force, and one without a year passes all', () => {
  assert.deepEqual(
    [1999, 2000, 2010, 2011].map((year) => passes({ year })),
    [false, true, true, false],
  );
  assert.ok(passesFilters({ ...tie, from: null, to: null }, { ...none, year: 1900 }, [home, away], false));
});

test('hidden kinds and statuses hide, also unknown ones', () => {
  assert.ok(!passes({ kinds: new Set(['twin_town']) }));
  assert.ok(!passes({ statuses: new Set(['active']) }));
  const odd = { ...tie, kind: 'sister', status: '' };
  assert.ok(!passesFilters(odd, { ...none, kinds: new Set(['other']) }, [home, away], false));
  assert.ok(!passesFilters(odd, { ...none, statuses: new Set(['unknown']) }, [home, away], false));
});

test('a country is that of the partner; on a map of the world, of either end', () => {
  assert.ok(passes({ countries: new Set(['PL']) }));
  assert.ok(!passes({ countries: new Set(['UA']) }));
  assert.ok(passes({ countries: new Set(['UA']) }, true));
});

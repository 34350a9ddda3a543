import assert from 'node:assert/strict';
import test from 'node:test';
import {
  formatAddress,
  isUnfiltered,
  parseAddress,
  passesFilters,
} from '../../../../src/twingraph/maps/script/logic/choices.js';

const data = {
  countries: { PL: {}, DE: {} },
  open: [],
  color: 'kind',
  colors: ['kind', 'status'],
  lang: 'en',
  gather: true,
  layers: [{ type: 'aid' }, { type: 'sought' }, { type: 'hosted' }],
};
const layerTypes = ['aid', 'sought'];
const years = { first: 1990, last: 2026 };
const parse = (hash, more = {}) => parseAddress(hash, { layerTypes, layersAtFirst: new Set(), years, data, ...more });
const none = { kinds: new Set(), statuses: new Set(), countries: new Set(), year: null, undated: true };
const [home, away] = [{ country: 'UA' }, { country: 'PL' }];
const tie = { kind: 'twin_town', status: 'active', domestic: false };
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

test('what a link asks for in vain is named, and what is only absent from this page is not', () => {
  const { unknown } = parse('kind=twin_town&show=aid,hosted,trade&layout=3d&lang=xx&undated=maybe&open=PL').ignored;
  assert.deepEqual(unknown, ['maybe', 'trade', '3d', 'xx', 'kind']);
  assert.deepEqual(parse('select=geonames:1&hide=memorandum&show=no-members&layout=network').ignored.unknown, []);
});

test('a year outside the data becomes the nearest one in it', () => {
  assert.equal(parse('year=1').year, 1990);
  assert.equal(parse('year=9999').year, 2026);
  assert.equal(parse('year=2000', { years: null }).year, null);
});

test('partnerships without a year are hidden once a year is chosen, unless the address asks for them', () => {
  assert.ok(parse('').undated);
  assert.ok(!parse('year=2000').undated);
  assert.ok(parse('year=2000&undated=1').undated);
  assert.ok(!parse('undated=0').undated);
  assert.ok(parse('undated=0', { years: null }).undated, 'else a map of nothing but these would be empty');
  const { select, ...chosen } = parse('year=2000&undated=1');
  assert.equal(formatAddress(chosen, { select, layerTypes, data, lang: 'en' }), 'year=2000&undated=1');
});

test('a map with nothing but applications shows them', () => {
  assert.deepEqual([...parse('', { layersAtFirst: new Set(['sought']) }).layers], ['sought']);
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

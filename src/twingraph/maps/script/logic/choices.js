// What the reader has chosen: which ties pass the filters, and the part of the address that keeps the choice.
import { KINDS, STATUSES, kindOf, statusOf } from './kinds.js';

/** The keys of an address. */
const KEYS = 'select hide status country year undated show open color layout lang'.split(' ');

/**
 * @param {object} chosen `kinds` and `statuses` that are hidden, `countries` that are shown alone, `year` or null,
 *   `undated`: whether those without a year are shown.
 * @returns {boolean} Whether no filter is set.
 */
export function isUnfiltered(chosen) {
  const { kinds, statuses, countries, year, undated } = chosen;
  return !kinds.size && !statuses.size && !countries.size && year === null && undated;
}

/**
 * Whether a partnership passes the filters other than that by year.
 *
 * @param {object} tie The partnership.
 * @param {object} chosen The filters, as for `isUnfiltered`.
 * @param {object[]} ends Its two places, the one at home first.
 * @param {boolean} isWorld Whether the map is of the whole network, where either end's country counts.
 * @returns {boolean} Whether it is shown.
 */
export function passesFilters(tie, chosen, ends, isWorld) {
  if (chosen.kinds.has(kindOf(tie)) || chosen.statuses.has(statusOf(tie))) return false;
  if (!chosen.countries.size) return true;
  const [home, away] = ends;
  return chosen.countries.has(away.country) || ((isWorld || tie.domestic) && chosen.countries.has(home.country));
}

/**
 * Write the choices as the part of an address after `#`; what is as at first is absent.
 *
 * @param {object} chosen The choices; `layers` is the set of layers that are shown.
 * @param {object} context Context.
 * @param {string} context.select The key of what is selected, or an empty text.
 * @param {string[]} context.layerTypes All layers, in order.
 * @param {object} context.data The page's data, for what it opens with.
 * @param {string} context.lang The current language.
 * @returns {string} For example `select=geonames:1&hide=memorandum`, encoded.
 */
export function formatAddress(chosen, { select, layerTypes, data, lang }) {
  const parts = new URLSearchParams();
  const put = (key, value, first = '') => {
    if (value !== first) parts.set(key, value);
  };
  const opened = (codes) => [...codes].sort().join(',');
  const shown = layerTypes.filter((type) => chosen.layers.has(type));
  put('select', select);
  put('hide', [...chosen.kinds].join(','));
  put('status', chosen.statuses.size ? STATUSES.filter((each) => !chosen.statuses.has(each)).join(',') || 'none' : '');
  put('country', [...chosen.countries].join(','));
  put('year', chosen.year, null);
  put('undated', chosen.undated ? '1' : '0', chosen.year === null ? '1' : '0');
  put('show', [...shown, ...(chosen.members ? [] : ['no-members'])].join(','));
  put('open', opened(chosen.open), opened(data.open));
  put('color', chosen.color, data.color);
  put('layout', chosen.layout, 'map');
  put('lang', lang, data.lang);
  return parts.toString();
}

/**
 * Read the choices from the part of an address after `#`. Values that the page does not know are ignored, and a year
 * outside the data becomes the nearest one in it.
 *
 * @param {string} hash The text after `#`.
 * @param {object} context Context.
 * @param {string[]} context.layerTypes All layers, in order.
 * @param {Set<string>} context.layersAtFirst Layers that are shown whatever the address holds.
 * @param {?{first: number, last: number}} context.years From `yearRange`.
 * @param {object} context.data The page's data, for what it opens with.
 * @returns {object} The choices, with `select` as a key, `lang` as a language or null, and `ignored`: values that are
 *   `unknown`, and the `year` that was asked for where another one is shown.
 */
export function parseAddress(hash, { layerTypes, layersAtFirst, years, data }) {
  const parts = new URLSearchParams(hash);
  const list = (key, isAllowed) => new Set((parts.get(key) || '').split(',').filter(isAllowed));
  const isCountry = (code) => Object.hasOwn(data.countries, code);
  const show = (parts.get('show') || '').split(',');
  const written = Number.parseInt(parts.get('year'), 10);
  const year = years && Number.isFinite(written) ? Math.min(Math.max(written, years.first), years.last) : null;
  const lang = parts.get('lang');
  const allLayers = data.layers.map((layer) => layer.type);
  const named = list('status', (value) => STATUSES.includes(value));
  const refused = (key, isAllowed) => (parts.get(key) || '').split(',').filter((value) => value && !isAllowed(value));
  const unknown = [
    ...refused('hide', (value) => KINDS.includes(value)),
    ...refused('status', (value) => value === 'none' || STATUSES.includes(value)),
    ...refused('country', isCountry),
    ...refused('color', (value) => data.colors.includes(value)),
    ...refused('year', () => year !== null),
    ...refused('undated', (value) => ['0', '1'].includes(value)),
    ...refused('show', (value) => value === 'no-members' || allLayers.includes(value)),
    ...refused('open', isCountry),
    ...refused('layout', (value) => ['map', 'network'].includes(value)),
    ...refused('lang', (value) => ['en', 'uk'].includes(value)),
    ...[...parts.keys()].filter((key) => !KEYS.includes(key)),
  ];
  const isNamed = named.size > 0 || parts.get('status') === 'none';
  return {
    kinds: list('hide', (value) => KINDS.includes(value)),
    statuses: new Set(isNamed ? STATUSES.filter((value) => !named.has(value)) : []),
    countries: list('country', isCountry),
    year,
    undated: years && parts.has('undated') ? parts.get('undated') === '1' : year === null,
    layers: new Set(layerTypes.filter((type) => show.includes(type) || layersAtFirst.has(type))),
    members: !show.includes('no-members'),
    layout: parts.get('layout') === 'network' ? 'network' : 'map',
    open: parts.has('open') ? list('open', (code) => data.gather && isCountry(code)) : new Set(data.open),
    color: data.colors.includes(parts.get('color')) ? parts.get('color') : data.color,
    select: parts.get('select') || '',
    ignored: { unknown, year: year !== null && year !== written ? written : null },
    lang: lang === 'en' || lang === 'uk' ? lang : null,
  };
}

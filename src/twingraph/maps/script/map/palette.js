// What colours and sizes mean: the kind or status of a partnership, or a property of places.
import { data, network, words } from '../data.js';
import { KINDS, kindOf, statusOf } from '../logic/kinds.js';
import { countBy } from '../logic/counting.js';
import { chosen } from '../state.js';

const PALETTE = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];
const POPULATIONS = [0, 1000, 10000, 100000, 1000000]; // the least of each step
const POPULATION_COLOURS = ['p0', 'p1', 'p2', 'p3', 'p4'];
const GROUNDS = ['sea', 'land', 'partner', 'home', 'scope', 'scopeLine', 'coast', 'border', 'oblast', 'side_2_land'];
const MARKS = ['ink', 'halo', 'quiet', 'paper', 'lit', 'chip', 'home_place', 'metropolis', 'side_2'];
/** The colour of each status, as a variable of the style sheet. */
export const STATUS_COLOURS = {
  active: 'friendship',
  planned: 'twin_town',
  suspended: 'partnership_agreement',
  terminated: 'solidarity_partnership',
  unknown: 'other',
};
const UNKNOWN = '?';

/**
 * @returns {Object<string, string>} Every colour of the style sheet by its name, in the current theme.
 */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const layerTypes = data.layers.map((layer) => layer.type);
  const names = [...GROUNDS, ...MARKS, ...layerTypes, ...KINDS, ...PALETTE, ...POPULATION_COLOURS];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function category(place) {
  switch (chosen.color) {
    case 'country':
      return place.country || UNKNOWN;
    case 'continent':
      return data.countries[place.country]?.continent || UNKNOWN;
    case 'community':
      return place.community === undefined ? UNKNOWN : String(place.community);
    default:
      return place.pop === undefined ? UNKNOWN : String(POPULATIONS.findLastIndex((least) => place.pop >= least));
  }
}

const legends = new Map(); // by what colour means

/**
 * @returns {Map<string, {colour: string, n: number}>} The categories of places that have a colour of their own, the
 *   largest first; the others are grey, as `?`.
 */
export function categories() {
  if (legends.has(chosen.color)) return legends.get(chosen.color);
  const isPopulation = chosen.color === 'population';
  const tied = network.places.filter((place) => !place.group && place.ties.length);
  const counts = countBy(tied, category);
  const ordered = [...counts].filter(([key]) => key !== UNKNOWN);
  if (isPopulation) ordered.sort((a, b) => a[0] - b[0]);
  else ordered.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const coloured = ordered.slice(0, PALETTE.length);
  const found = new Map(coloured.map(([key, n], i) => [key, { colour: isPopulation ? `p${key}` : PALETTE[i], n }]));
  const rest = [...counts].filter(([key]) => !found.has(key)).reduce((sum, [, n]) => sum + n, 0);
  if (rest) found.set(UNKNOWN, { colour: 'other', n: rest });
  legends.set(chosen.color, found);
  return found;
}

/**
 * @returns {boolean} Whether colour means a property of places, not of partnerships.
 */
export function isByPlace() {
  return !['kind', 'status'].includes(chosen.color);
}

/**
 * @param {string} key A category.
 * @returns {string} Its name in the legend.
 */
export function categoryName(key) {
  const { t, country } = words;
  if (key === UNKNOWN) return t('color_other');
  switch (chosen.color) {
    case 'country':
      return country(key);
    case 'continent':
      return t(`continent_${key}`);
    case 'community':
      return t('community_n', { n: Number(key) });
    default: {
      const next = POPULATIONS[Number(key) + 1];
      return next ? t('population_below', { n: next }) : t('population_above', { n: POPULATIONS[Number(key)] });
    }
  }
}

/**
 * @param {object} place A place.
 * @param {object[]} own Its shown partnerships.
 * @param {Object<string, string>} colours From `readColours`.
 * @returns {string[]} Its colours: one, or one for each kind or status of its partnerships.
 */
export function fillsOf(place, own, colours) {
  if (isByPlace()) {
    if (place.group && ['community', 'population'].includes(chosen.color)) return [colours.home_place];
    return [colours[(categories().get(category(place)) ?? categories().get(UNKNOWN))?.colour ?? 'other']];
  }
  if (place.home || place.group) return [place.side === 2 ? colours.side_2 : colours.home_place];
  const isStatus = chosen.color === 'status';
  const found = [...new Set(own.map(isStatus ? statusOf : kindOf))];
  if (!found.length) return [colours.quiet];
  return found.map((each) => colours[isStatus ? STATUS_COLOURS[each] : each]);
}

/**
 * @param {{kind: string, status: string}} line A line between two places.
 * @param {Object<string, string>} colours From `readColours`.
 * @returns {string} Its colour.
 */
export function lineColour(line, colours) {
  if (isByPlace()) return colours.quiet;
  return chosen.color === 'status' ? colours[STATUS_COLOURS[line.status]] : colours[line.kind];
}

/**
 * @param {object} tie A partnership.
 * @returns {?string} The colour of its line by its name in the style sheet; null where lines have none of their own.
 */
export function swatchColour(tie) {
  if (isByPlace()) return null;
  return chosen.color === 'status' ? STATUS_COLOURS[statusOf(tie)] : kindOf(tie);
}

/**
 * @param {string} kind A kind of partnership.
 * @returns {?string} Its colour by its name in the style sheet; null where colour means something else.
 */
export function kindColour(kind) {
  return chosen.color === 'kind' ? kind : null;
}

const measure = (place) => (data.size === 'population' ? place.pop : place.between) || 0;
const largest =
  data.size === 'partners' ? 1 : network.places.reduce((most, each) => Math.max(most, measure(each)), 1e-9);

/**
 * @param {object} place A place with partners.
 * @param {number} partners How many.
 * @returns {number} Its radius in pixels: its area grows with its partners, its population or its betweenness.
 */
export function radiusOf(place, partners) {
  if (data.size === 'partners') return 3.6 + 2.1 * Math.sqrt(partners);
  return 3 + 15 * Math.sqrt(measure(place) / largest);
}
